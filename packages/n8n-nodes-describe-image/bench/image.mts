/** The image that all contenders look up, but for its tag: that is the item's. */
export const IMAGE = {
  regionId: 'cn-hangzhou',
  instanceId: 'cri-0000000000000001',
  repoId: 'crr-0000000000000001',
} as const;
