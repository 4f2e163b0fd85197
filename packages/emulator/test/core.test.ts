import { createClient, DescribeImageError } from '@describe-image/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, demoCredentials, type Emulator } from '../src/index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

const image = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-3xk9v2m7q4wz8d1p',
  imageRepoId: 'crr-a1c7e9k2m4p6r8t0',
  imageTag: '1.4.2',
};

describe('the client of core', () => {
  it('gets the digest with a signature that the emulator accepts', async () => {
    const { digest } = await connect().describeImage(image);
    const known = emulator.state
      .images()
      .find(({ repoId, tag }) => repoId === image.imageRepoId && tag === '1.4.2');
    expect(digest).toBe(`sha256:${known?.digest}`);
    expect(emulator.requests.at(-1)).toMatchObject({
      scheme: 'ACS3-HMAC-SHA256',
      code: undefined,
      warning: undefined,
    });
  });

  it('retries with a new signature after temporary faults', async () => {
    emulator.faults.add({ times: 1, effect: { kind: 'error', code: 'ServiceUnavailable' } });
    emulator.faults.add({ times: 1, effect: { kind: 'throttle', retryAfterMs: 1 } });
    emulator.faults.add({ times: 1, effect: { kind: 'reset' } });
    const before = emulator.requests.length;
    await connect().describeImage(image);
    expect(emulator.requests.slice(before).map(({ status }) => status)).toEqual([503, 400, undefined, 200]);
    emulator.faults.clear();
  });

  it.each([
    [{ accessKeySecret: 'wrong' }, 'SignatureError'],
    [{ accessKeyId: 'unknown-id' }, 'CredentialsError'],
    [
      { accessKeyId: 'demo-list-only-key-id', accessKeySecret: 'demo-list-only-key-secret' },
      'PermissionError',
    ],
  ])('throws the right error for the rejection of %j', async (keys, name) => {
    const error = await connect(keys)
      .describeImage(image)
      .catch((caught: unknown) => caught);
    expect(DescribeImageError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ name });
  });
});

function connect(keys: Partial<typeof demoCredentials> = {}) {
  return createClient({ endpoint: emulator.url, credentials: { ...demoCredentials, ...keys }, proxy: false });
}
