import { expect, it } from 'vitest';
import { callAnswering, service } from '../../../test/service-call.ts';
import { vulnerabilityPages, vulnerabilityRecord } from '../../../test/vulnerability-record.ts';
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

it('returns the most urgent vulnerabilities of the digest that was scanned, if they are wanted', async () => {
  const images = service([{ ...CLEAN, VulCount: 2 }], { '1.0': 'b'.repeat(64) });
  const vulnerabilities = vulnerabilityPages([
    vulnerabilityRecord({ PrimaryId: 1, Name: 'v-1', Necessity: 'later' }),
    vulnerabilityRecord({ PrimaryId: 2, Name: 'v-2' }),
  ]);
  const { call, asked } = callAnswering((request, index) =>
    (request.action === 'DescribeImageVulList' ? vulnerabilities : images)(request, index),
  );
  expect(await checkRisk(call, 'shop/api:1.0', { topVulnerabilities: 1 })).toMatchObject({
    state: 'stale',
    scannedDigest: `sha256:${'a'.repeat(64)}`,
    topVulnerabilities: [{ name: 'v-2' }],
    vulnerabilitySummary: { total: 2, byNecessity: { asap: { total: 1 }, later: { total: 1 } } },
  });
  expect(new Set(asked.map(({ options }) => options?.sharedTotal)).size).toBe(1);
  expect(await checkRisk(call, 'shop/api:1.0')).not.toHaveProperty('topVulnerabilities');
});

it('returns the risk without vulnerabilities if RAM denies their list', async () => {
  const images = service([CLEAN], { '1.0': 'a'.repeat(64) });
  const denial = { status: 403, body: { Code: 'NoPermission', Message: 'denied', RequestId: 'R' } };
  const { call } = callAnswering((request, index) =>
    request.action === 'DescribeImageVulList' ? denial : images(request, index),
  );
  expect(await checkRisk(call, 'shop/api:1.0', { topVulnerabilities: 5 })).toMatchObject({
    state: 'clean',
    vulnerabilitiesDenied: { code: 'Permission', ramAction: 'yundun-sas:DescribeImageVulList' },
  });
});
