import { createClient, DescribeImageError, type Vulnerability } from '@describe-image/core';
import { checkRisk, compareVulnerabilities } from '@describe-image/core/images';
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

  it('lists vulnerabilities of several operating systems and of application packages', async () => {
    const systems = new Set<string | undefined>();
    const found: Vulnerability[] = [];
    for await (const { digest, vulCount = 0 } of connect().listImages()) {
      if (digest === undefined || vulCount === 0) continue;
      const { vulnerabilities } = await connect().listVulnerabilities({ digest }).all();
      for (const vulnerability of vulnerabilities) systems.add(vulnerability.os);
      found.push(...vulnerabilities);
    }
    expect(systems.size).toBeGreaterThanOrEqual(3);
    expect(new Set(found.map(({ necessity }) => necessity))).toEqual(new Set(['asap', 'later', 'nntf']));
    expect(new Set(found.map(({ canFix }) => canFix))).toEqual(new Set([true, false]));
    expect(found.some(({ packages }) => packages[0]?.path?.endsWith('.jar'))).toBe(true);
    const { digest } = await connect().resolveImage('shop/storefront:2.9.0');
    const count = async (handled?: boolean): Promise<number> =>
      (await connect().listVulnerabilities({ digest, handled }).all()).summary.total;
    expect(await count(true)).toBeGreaterThan(0);
    expect((await count(true)) + (await count(false))).toBe(await count());
  });

  it('merges the records of containers and reads 5,000 vulnerabilities', async () => {
    await using large = await createEmulator({ assumptions: { containerVulnerabilities: 'list' } });
    const image = { repository: 'shop/storefront', tag: '2.9.0' };
    large.state.startScan(image, { step: '1ms', vulnerabilities: 5000 });
    large.clock.advance(1000);
    const { summary, isComplete, totalCount } = await connect({}, large)
      .listVulnerabilities({ reference: 'shop/storefront:2.9.0' })
      .all();
    expect({ total: summary.total, isComplete, totalCount }).toEqual({
      total: 5000,
      isComplete: true,
      totalCount: 10_000,
    });
  });

  it('reports that the scan is of another digest, and what a move of the tag introduced and fixed', async () => {
    await using moving = await createEmulator();
    const image = { repository: 'shop/storefront', tag: '2.9.0' };
    const list = () => connect({}, moving).listVulnerabilities({ reference: 'shop/storefront:2.9.0' }).all();
    const before = await list();
    expect(before.subject).toMatchObject({ isLive: true, scanned: true, scan: { state: 'risky' } });
    moving.state.push(image);
    expect((await list()).subject).toMatchObject({ isLive: true, scanned: false, scan: { state: 'stale' } });
    moving.state.startScan(image, { step: '1ms', vulnerabilities: 30 });
    moving.clock.advance(1000);
    const after = await list();
    const changes = compareVulnerabilities(before.vulnerabilities, after.vulnerabilities);
    expect([changes.introduced.length, changes.fixed.length, changes.unchanged.length]).toEqual([0, 11, 30]);
  });

  it('reports the vulnerabilities of a late inventory as those of another digest', async () => {
    const { subject } = await connect()
      .listVulnerabilities({ reference: 'platform/base-node:nightly' })
      .all();
    expect(subject).toMatchObject({ isLive: false, liveCheck: 'answered' });
  });

  it('returns the risk if only the vulnerabilities are denied', async () => {
    const keys = {
      accessKeyId: 'demo-no-vulnerabilities-key-id',
      accessKeySecret: 'demo-no-vulnerabilities-key-secret',
    };
    const options = { topVulnerabilities: 3 };
    expect(await checkRisk(connect(keys).call, 'shop/storefront:2.9.0', options)).toMatchObject({
      state: 'risky',
      vulnerabilities: 41,
      vulnerabilitiesDenied: { ramAction: 'yundun-sas:DescribeImageVulList', denial: 'ImplicitDeny' },
    });
    expect(await checkRisk(connect().call, 'shop/storefront:2.9.0', options)).toMatchObject({
      vulnerabilitySummary: { total: 41 },
      topVulnerabilities: [{ necessity: 'asap' }, { necessity: 'asap' }, { necessity: 'asap' }],
    });
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

function connect(keys: Partial<typeof demoCredentials> = {}, target = emulator) {
  return createClient({ endpoint: target.url, credentials: { ...demoCredentials, ...keys }, proxy: false });
}
