import { expect, it } from 'vitest';
import { answeringCall, inventoryAnswering } from '../../test/answering-call.ts';
import { checkRisk } from './check-risk.ts';

const IDS = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.0' };
const CLEAN = {
  RegionId: 'cn-hangzhou',
  InstanceId: 'cri-1',
  RepoId: 'crr-1',
  RepoNamespace: 'shop',
  RepoName: 'api',
  Tag: '1.0',
  Digest: 'a'.repeat(64),
  ScaStatus: 'SUCCESS',
  LastScanTime: 2_000,
  ImageUpdate: 1_000,
  VulCount: 0,
  AlarmCount: 0,
  HcCount: 0,
};

it.each([
  ['by reference', 'shop/api:1.0'],
  ['by ids', IDS],
])('%s: a clean scan of the digest that the tag points to is clean', async (_, target) => {
  const call = answeringCall(inventoryAnswering([CLEAN], { '1.0': 'a'.repeat(64) }));
  expect(await checkRisk(call, target)).toMatchObject({ state: 'clean', vulnerabilities: 0 });
});

it.each([
  ['by reference', 'shop/api:1.0'],
  ['by ids', IDS],
])('%s: a clean scan of a digest that the tag has left is stale', async (_, target) => {
  const call = answeringCall(inventoryAnswering([CLEAN], { '1.0': 'b'.repeat(64) }));
  expect(await checkRisk(call, target)).toMatchObject({
    state: 'stale',
    digest: `sha256:${'b'.repeat(64)}`,
    scannedDigest: `sha256:${'a'.repeat(64)}`,
  });
});

it('falls back on the inventory when DescribeImage has no digest', async () => {
  const call = answeringCall(inventoryAnswering([CLEAN]));
  expect(await checkRisk(call, IDS)).toMatchObject({ state: 'clean', digest: `sha256:${'a'.repeat(64)}` });
});

it('knows nothing of ids that only resemble a row', async () => {
  const call = answeringCall(inventoryAnswering([{ ...CLEAN, RepoId: 'crr-12' }]));
  await expect(checkRisk(call, IDS)).rejects.toMatchObject({ code: 'NotFound' });
});
