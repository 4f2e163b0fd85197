import { describe, expect, it } from 'vitest';
import { answeringCall, inventoryAnswering } from '../../test/answering-call.ts';
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
const call = answeringCall(inventoryAnswering([ROW], { '1.0': 'a'.repeat(64) }));

describe('verifying an image', () => {
  it('tells match from drift, by reference and by ids, however the digest is written', async () => {
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

  it('calls missing what the service does not know, with the id of the request that said so', async () => {
    expect(await verifyImage(call, 'shop/other:1.0', A)).toMatchObject({
      outcome: 'missing',
      actual: undefined,
      requestId: expect.stringMatching(/^R-/),
    });
  });

  it('is no verdict when the service refuses to answer', async () => {
    const denied = answeringCall(() => ({ Code: 'Forbidden.RAM', Message: 'no' }));
    await expect(verifyImage(denied, IDS, A)).rejects.toMatchObject({ code: 'Permission' });
  });

  it.each([
    ['none', 'shop/api:1.0', undefined],
    ['one that is no digest', 'shop/api:1.0', 'latest'],
    ['two that differ', `shop/api:1.0@${A}`, B],
  ])('refuses %s as the expected digest', async (_, reference, expected) => {
    await expect(verifyImage(call, reference, expected)).rejects.toThrow('expected digest');
  });
});
