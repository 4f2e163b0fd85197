/** The repository that all contenders use. The tag comes from the input item. */
export const IMAGE = {
  regionId: 'cn-hangzhou',
  instanceId: 'cri-0000000000000001',
  repoId: 'crr-0000000000000001',
} as const;
