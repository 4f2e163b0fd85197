import { expect, it } from 'vitest';
import { callAnswering, service } from '../../../test/service-call.ts';
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
  ['a reference', 'shop/api:1.0'],
  ['ids', IDS],
])('returns clean for %s with a clean scan of the digest of the tag', async (_, target) => {
  const { call } = callAnswering(service([CLEAN], { '1.0': 'a'.repeat(64) }));
  expect(await checkRisk(call, target)).toMatchObject({ state: 'clean', vulnerabilities: 0 });
});

it.each([
  ['a reference', 'shop/api:1.0'],
  ['ids', IDS],
])('returns stale for %s with a clean scan of an earlier digest', async (_, target) => {
  const { call } = callAnswering(service([CLEAN], { '1.0': 'b'.repeat(64) }));
  expect(await checkRisk(call, target)).toMatchObject({
    state: 'stale',
    digest: `sha256:${'b'.repeat(64)}`,
    scannedDigest: `sha256:${'a'.repeat(64)}`,
  });
});

it.each([
  ['a reference', 'shop/api:1.0'],
  ['ids', IDS],
])('returns stale for %s of a tag that DescribeImage has no digest for', async (_, target) => {
  for (const row of [CLEAN, { ...CLEAN, VulCount: 3 }]) {
    const { call } = callAnswering(service([row]));
    expect(await checkRisk(call, target)).toMatchObject({
      state: 'stale',
      reason: 'DescribeImage has no digest for this tag',
      digest: undefined,
      digestState: 'missing',
      lastKnown: { digest: `sha256:${'a'.repeat(64)}` },
    });
  }
});

it('returns clean for a clean scan of an image of another registry, without a live digest', async () => {
  const { call } = callAnswering(service([{ ...CLEAN, InstanceId: '39010' }]));
  expect(await checkRisk(call, 'shop/api:1.0')).toMatchObject({ state: 'clean', digestState: 'last-known' });
  await expect(checkRisk(call, 'shop/api:1.0', { requireLive: true })).rejects.toMatchObject({
    code: 'Unverified',
    demand: 'requireLive',
  });
});

it('returns unknown for a scan of an unknown digest of another registry', async () => {
  const { call } = callAnswering(service([{ ...CLEAN, InstanceId: '39010', Digest: undefined }]));
  expect(await checkRisk(call, 'shop/api:1.0')).toMatchObject({ state: 'unknown', digestState: 'unknown' });
});

it('throws NotFound for ids that are only similar to a row', async () => {
  const { call } = callAnswering(service([{ ...CLEAN, RepoId: 'crr-12' }]));
  await expect(checkRisk(call, IDS)).rejects.toMatchObject({ code: 'NotFound' });
});
