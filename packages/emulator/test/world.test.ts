import { describe, expect, it } from 'vitest';
import { createEmulator, parseSeed, type Seed, SeedError, type SeedTag } from '../src/index.ts';
import { NOW } from './sign.ts';
import { call, DIGEST_A, DIGEST_B, IMAGE, listRows, registriesWith, start } from './start.ts';

const minute = 60_000;

function withTag(tag: SeedTag, seed: Partial<Seed> = {}): Seed {
  return { ...seed, registries: registriesWith(tag) };
}

const moving = withTag({
  tag: '1.0',
  history: [
    { at: '+5m', digest: null },
    { at: '-1d', digest: DIGEST_A },
    { at: '+1m', digest: `sha256:${DIGEST_B}` },
  ],
});

describe('a tag', () => {
  it('moves and is deleted at the times of its history', async () => {
    await using emulator = await start(moving);
    expect(await liveDigest(emulator)).toBe(DIGEST_A);
    emulator.clock.advance(minute - 1);
    expect(await liveDigest(emulator)).toBe(DIGEST_A);
    emulator.clock.advance(1);
    expect(await liveDigest(emulator)).toBe(DIGEST_B);
    expect((await listRows(emulator))[0]).toMatchObject({
      Digest: DIGEST_B,
      ImageUpdate: String(Date.parse(NOW) + minute),
    });
    emulator.clock.advance(4 * minute);
    expect(await liveDigest(emulator)).toBeUndefined();
    expect(await listRows(emulator)).toEqual([]);
  });

  it('does not exist before its first push', async () => {
    await using emulator = await start(withTag({ tag: '1.0', history: [{ at: '+1h', digest: DIGEST_A }] }));
    expect(await liveDigest(emulator)).toBeUndefined();
  });

  it('can be pushed, moved and deleted through state', async () => {
    await using emulator = await start();
    const { state } = emulator;
    expect(state.push({ repository: 'shop/checkout', tag: '2.0' }, DIGEST_B)).toMatchObject({
      instanceId: 'cri-test',
      digest: DIGEST_B,
      inventoryDigest: DIGEST_B,
      scanStatus: undefined,
    });
    expect(await liveDigest(emulator, '2.0')).toBe(DIGEST_B);
    state.push({ repoId: 'crr-test', tag: '1.0' }, `sha256:${DIGEST_B}`);
    expect(await liveDigest(emulator)).toBe(DIGEST_B);
    state.deleteTag({ instanceId: 'cri-test', tag: '1.0' });
    expect(await liveDigest(emulator)).toBeUndefined();
    expect((await listRows(emulator)).map(({ Tag }) => Tag)).toEqual(['2.0']);
  });

  it('keeps the later pushes of the seed after a push through state', async () => {
    await using emulator = await start(moving);
    emulator.state.push({ tag: '1.0' }, 'c'.repeat(64));
    expect(await liveDigest(emulator)).toBe('c'.repeat(64));
    emulator.clock.advance(minute);
    expect(await liveDigest(emulator)).toBe(DIGEST_B);
  });

  it('gets a new digest for a push without one, the same in every run', async () => {
    const digests = async () => {
      await using emulator = await start();
      return ['2.0', '2.1'].map((tag) => emulator.state.push({ tag }).digest);
    };
    const first = await digests();
    expect(new Set(first).size).toBe(2);
    expect(await digests()).toEqual(first);
  });

  it('is rejected when the selector is ambiguous, listing the matches', async () => {
    await using emulator = await createEmulator({ clock: NOW });
    const { state } = emulator;
    expect(() => state.push({ repository: 'shop/checkout', tag: 'x' })).toThrow(
      /^several repositories match: cri-3xk\S+ \(shop\/checkout\), cri-7bn\S+ \(shop\/checkout\)$/,
    );
    expect(() => state.deleteTag({ tag: 'nowhere' })).toThrow(/^no image matches/);
    expect(() => state.push({ repository: 'shop/payments', tag: 'x' }, 'junk')).toThrow(
      /64 lower-case hex digits/,
    );
  });
});

describe('the inventory', () => {
  it('lags behind the registry by the inventoryLag of the seed', async () => {
    await using emulator = await start({ ...moving, inventoryLag: '10m' });
    emulator.clock.advance(minute);
    expect(await liveDigest(emulator)).toBe(DIGEST_B);
    expect((await listRows(emulator))[0]?.['Digest']).toBe(DIGEST_A);
    emulator.clock.advance(10 * minute);
    expect((await listRows(emulator))[0]?.['Digest']).toBe(DIGEST_B);
  });

  it('lags behind pushes while the emulator runs, also of new tags', async () => {
    await using emulator = await start({ inventoryLag: '10m' });
    emulator.state.push({ tag: '1.0' }, DIGEST_B);
    emulator.state.push({ tag: '2.0' }, DIGEST_B);
    const digests = async () => (await listRows(emulator)).map(({ Tag, Digest }) => `${Tag} ${Digest}`);
    emulator.clock.advance(10 * minute - 1);
    expect(await digests()).toEqual([`1.0 ${DIGEST_A}`]);
    emulator.clock.advance(1);
    expect((await digests()).sort()).toEqual([`1.0 ${DIGEST_B}`, `2.0 ${DIGEST_B}`]);
    emulator.state.push({ tag: '3.0' }, DIGEST_B);
    emulator.state.syncInventory();
    expect(await digests()).toContain(`3.0 ${DIGEST_B}`);
  });

  it('does not change for a tag with inventoryAsOf until it is synchronised', async () => {
    const seed = withTag({
      tag: '1.0',
      history: [
        { at: '-2d', digest: DIGEST_A },
        { at: '-1d', digest: DIGEST_B },
      ],
      inventoryAsOf: '-36h',
    });
    await using emulator = await start(seed);
    expect(await liveDigest(emulator)).toBe(DIGEST_B);
    expect((await listRows(emulator))[0]?.['Digest']).toBe(DIGEST_A);
    emulator.state.syncInventory({ repository: 'shop/checkout' });
    expect((await listRows(emulator))[0]?.['Digest']).toBe(DIGEST_B);
  });

  it('does not list an image with inventory=false', async () => {
    await using emulator = await start(
      withTag({ tag: '1.0', history: [{ at: '-1d', digest: DIGEST_A }], inventory: false }),
    );
    expect(await liveDigest(emulator)).toBe(DIGEST_A);
    expect(await listRows(emulator)).toEqual([]);
  });

  const three: Seed = {
    registries: registriesWith(
      ...['a', 'b', 'c'].map((tag, index) => ({
        tag,
        history: [{ at: `-${index + 1}d`, digest: DIGEST_A }],
      })),
    ),
  };

  it.each([
    ['none', ['a', 'b', 'c'], 3],
    ['grow', ['a', 'a', 'a'], 5],
    ['shrink', ['a', 'c', undefined], 1],
    ['swap', ['a', 'b', 'c'], 3],
  ] as const)('changes between pages: %s', async (churn, tags, total) => {
    await using emulator = await start({ ...three, churn });
    const seen = [];
    let totalCount = 0;
    for (const CurrentPage of ['1', '2', '3']) {
      const { document } = await call(
        emulator,
        { PageSize: '1', CurrentPage },
        { action: 'DescribeImageInstances' },
      );
      seen.push(document.ImageInstanceList[0]?.Tag);
      totalCount = document.PageInfo.TotalCount;
      emulator.clock.advance(1_000);
    }
    expect(seen).toEqual(tags);
    expect(totalCount).toBe(total);
  });
});

describe('a scan', () => {
  it('passes through its states and ends', async () => {
    await using emulator = await start();
    emulator.state.startScan({ tag: '1.0' }, { step: '10s', vulnerabilities: 4 });
    const states: unknown[] = [];
    for (let step = 0; step < 13; step += 1) {
      const [row] = await listRows(emulator);
      states.push(row?.['ScaStatus']);
      if (step < 11) expect(row).not.toHaveProperty('VulCount');
      emulator.clock.advance(10_000);
    }
    expect(states).toEqual([
      'INIT',
      'START',
      'MESSAGE_SEND',
      'START_RUN',
      'DOWNLOAD',
      'PRE_ANALYZER',
      'WEB_SHELL_ANALYZER',
      'CVE_ANALYZER',
      'BIN_ANALYZER',
      'OTHER_ANALYZER',
      'PRE_ANALYZER_SUCCESS',
      'SUCCESS',
      'SUCCESS',
    ]);
    expect((await listRows(emulator))[0]).toMatchObject({
      ScaProgress: 100,
      VulCount: 4,
      RiskStatus: 'YES',
      LastScanTime: Date.parse(NOW) + 110_000,
    });
  });

  it('progresses from 0 to 100', async () => {
    await using emulator = await start();
    emulator.state.startScan({ tag: '1.0' }, { step: '1s' });
    let last = -1;
    for (let step = 0; step <= 11; step += 1) {
      const progress = Number((await listRows(emulator))[0]?.['ScaProgress']);
      expect(progress).toBeGreaterThan(last);
      last = progress;
      emulator.clock.advance(1_000);
    }
    expect(last).toBe(100);
  });

  it.each(['FAIL', 'TIMEOUT'] as const)('can end in %s, which keeps the earlier counts', async (result) => {
    await using emulator = await start(
      withTag({
        tag: '1.0',
        history: [{ at: '-1d', digest: DIGEST_A }],
        scans: [{ startedAt: '-1h', vulnerabilities: 3 }],
      }),
    );
    emulator.state.startScan({ tag: '1.0' }, { result });
    emulator.clock.advance(5 * minute);
    expect((await listRows(emulator))[0]).toMatchObject({ ScaStatus: result, VulCount: 3 });
  });

  it('stays in the state of haltAt', async () => {
    await using emulator = await start();
    emulator.state.startScan({ tag: '1.0' }, { haltAt: 'DOWNLOAD' });
    emulator.clock.advance(24 * 60 * minute);
    const [row] = await listRows(emulator);
    expect(row).toMatchObject({ ScaStatus: 'DOWNLOAD' });
    expect(row).not.toHaveProperty('LastScanTime');
  });

  it('is older than an image that was pushed again', async () => {
    await using emulator = await createEmulator({ clock: NOW });
    const row = emulator.state.images().find(({ tag }) => tag === '24-slim');
    expect(row).toMatchObject({ scanStatus: 'SUCCESS' });
  });
});

describe('a seed', () => {
  it.each<[string, unknown, string]>([
    ['a key without its secret', { keys: [{ accessKeyId: 'a' }] }, 'seed.keys.0.accessKeySecret'],
    ['a misspelt field', { registry: [] }, 'registry'],
    [
      'an invalid digest',
      { ...withTag({ tag: 'x', history: [{ at: '-1d', digest: 'abc' }] }) },
      'must be 64 lower-case hex digits',
    ],
    [
      'an invalid time',
      { ...withTag({ tag: 'x', history: [{ at: 'soon', digest: null }] }) },
      'must be an ISO 8601 time',
    ],
    ['an invalid duration', { inventoryLag: '10' }, 'seed.inventoryLag: must be a duration'],
    ['an invalid account', { accountId: '1' }, 'seed.accountId: must be 16 digits'],
    ['an invalid fault', { faults: [{ effect: { kind: 'explode' } }] }, 'seed.faults.0.effect'],
    ['a string', 'demo', 'seed:'],
  ])('is rejected with %s, naming the field', (_what, seed, message) => {
    expect(() => parseSeed(seed)).toThrow(SeedError);
    expect(() => parseSeed(seed)).toThrow(message);
  });

  it('is rejected without showing a secret', () => {
    const seed = {
      keys: [{ accessKeyId: 1, accessKeySecret: 'top-secret-value', allow: 'top-secret-value' }],
    };
    expect(() => parseSeed(seed)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('top-secret') }),
    );
  });
});

async function liveDigest(emulator: Awaited<ReturnType<typeof start>>, tag = '1.0'): Promise<unknown> {
  return (await call(emulator, { ...IMAGE, ImageTag: tag })).document.Data?.Digest;
}
