import { describe, expect, it } from 'vitest';
import { call, callRpc, DIGEST_A, IMAGE, start } from './start.ts';

describe('DescribeImage', () => {
  it('returns the digest in hex for both schemes and methods', async () => {
    await using emulator = await start();
    const expected = { RequestId: expect.any(String), Data: { Digest: DIGEST_A } };
    expect((await call(emulator)).document).toEqual(expected);
    expect((await call(emulator, IMAGE, { method: 'GET' })).document).toEqual(expected);
    expect((await callRpc(emulator)).document).toEqual(expected);
    expect((await callRpc(emulator, IMAGE, { method: 'POST' })).document).toEqual(expected);
  });

  it.each(['ImageRegionId', 'ImageInstanceId', 'ImageRepoId', 'ImageTag'])('requires %s', async (name) => {
    await using emulator = await start();
    const { [name]: _left, ...others } = IMAGE;
    const { status, document } = await call(emulator, others);
    expect(status).toBe(400);
    expect(document).toMatchObject({
      Code: `Missing${name}`,
      Message: `${name} is mandatory for this action.`,
    });
  });

  it.each(['ImageRegionId', 'ImageInstanceId', 'ImageRepoId', 'ImageTag'])(
    'compares %s literally',
    async (name) => {
      await using emulator = await start();
      const { status, document } = await call(emulator, { ...IMAGE, [name]: `${IMAGE[name]}x` });
      expect(status).toBe(200);
      expect(document).toEqual({ RequestId: expect.any(String) });
    },
  );

  it.each([
    ['no-data', 200, { RequestId: expect.any(String) }],
    ['empty-data', 200, { RequestId: expect.any(String), Data: {} }],
    ['error', 400, expect.objectContaining({ Code: 'ImageNotExist' })],
  ] as const)(
    'answers a missing image with %s when that is assumed',
    async (absentImage, status, document) => {
      await using emulator = await start({}, { assumptions: { absentImage } });
      const answer = await call(emulator, { ...IMAGE, ImageTag: 'absent' });
      expect([answer.status, answer.document]).toEqual([status, document]);
    },
  );
});
