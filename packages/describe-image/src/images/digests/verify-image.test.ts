import { describe, expect, it } from 'vitest';
import { callAnswering, service } from '../../../test/service-call.ts';
import { verifyImage } from './verify-image.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const IDS = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.0' };
const ROW = {
  RegionId: 'cn-hangzhou',
  InstanceId: 'cri-1',
  RepoId: 'crr-1',
  RepoNamespace: 'shop',
  RepoName: 'api',
  Tag: '1.0',
  Digest: 'a'.repeat(64),
};
const { call } = callAnswering(service([ROW], { '1.0': 'a'.repeat(64) }));

describe('verifyImage', () => {
  it('returns match or drift by reference and by ids, for every form of the digest', async () => {
    expect(await verifyImage(call, 'shop/api:1.0', 'A'.repeat(64))).toMatchObject({
      outcome: 'match',
      actual: A,
    });
    expect(await verifyImage(call, 'shop/api:1.0', B)).toMatchObject({
      outcome: 'drift',
      expected: B,
      actual: A,
    });
    expect(await verifyImage(call, IDS, A)).toMatchObject({ outcome: 'match', source: 'DescribeImage' });
  });

  it('takes the expected digest from the reference', async () => {
    expect(await verifyImage(call, `shop/api:1.0@${B}`)).toMatchObject({ outcome: 'drift', expected: B });
  });

  it('returns missing for an image that is not in the inventory, with the request id', async () => {
    expect(await verifyImage(call, 'shop/other:1.0', A)).toMatchObject({
      outcome: 'missing',
      actual: undefined,
      requestId: expect.stringMatching(/^R\d/),
    });
  });

  it.each([
    ['a reference', 'shop/api:1.0', A],
    ['ids', IDS, undefined],
  ])('returns missing for %s of a tag that DescribeImage has no digest for', async (_, target, lastKnown) => {
    const { call: deleted } = callAnswering(service([ROW]));
    const verification = await verifyImage(deleted, target, A);
    expect(verification).toMatchObject({
      outcome: 'missing',
      actual: undefined,
      state: 'missing',
      liveCheck: 'no-digest',
      requestId: expect.stringMatching(/^R\d/),
    });
    expect(verification.lastKnown?.digest).toBe(lastKnown);
  });

  it.each([
    ['a reference', 'shop/api:1.0'],
    ['ids', { ...IDS, imageInstanceId: '39010' }],
  ])('compares %s of another registry with the last known digest', async (_, target) => {
    const { call: harbor } = callAnswering(service([{ ...ROW, InstanceId: '39010' }]));
    expect(await verifyImage(harbor, target, A)).toMatchObject({
      outcome: 'match',
      state: 'last-known',
      liveCheck: 'ids-not-of-container-registry',
      source: 'DescribeImageInstances',
    });
    await expect(verifyImage(harbor, target, A, { requireLive: true })).rejects.toMatchObject({
      code: 'Unverified',
      demand: 'requireLive',
    });
  });

  it('sends one request for ids', async () => {
    const { call: counting, asked } = callAnswering(service([ROW], { '1.0': 'a'.repeat(64) }));
    expect(await verifyImage(counting, IDS, A)).toMatchObject({ outcome: 'match', scanned: undefined });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a reference', 'shop/api:1.0'],
    ['ids', IDS],
  ])('requires a finished scan for %s if requireScanned is set', async (_, target) => {
    await expect(verifyImage(call, target, A, { requireScanned: true })).rejects.toMatchObject({
      code: 'Unverified',
      demand: 'requireScanned',
    });
    const rows = [{ ...ROW, ScaStatus: 'SUCCESS', LastScanTime: 2_000 }];
    const { call: scanned } = callAnswering(service(rows, { '1.0': 'a'.repeat(64) }));
    expect(await verifyImage(scanned, target, A, { requireScanned: true })).toMatchObject({
      outcome: 'match',
      scanned: true,
    });
  });

  it('throws the error of a denied request', async () => {
    const { call: denied } = callAnswering(() => ({
      status: 400,
      body: { Code: 'Forbidden.RAM', Message: 'no' },
    }));
    await expect(verifyImage(denied, IDS, A)).rejects.toMatchObject({ code: 'Permission' });
  });

  it.each([
    ['a missing one', 'shop/api:1.0', undefined],
    ['one that is not a digest', 'shop/api:1.0', 'latest'],
    ['two different ones', `shop/api:1.0@${A}`, B],
  ])('rejects %s as the expected digest', async (_, reference, expected) => {
    await expect(verifyImage(call, reference, expected)).rejects.toThrow('expected digest');
  });
});
