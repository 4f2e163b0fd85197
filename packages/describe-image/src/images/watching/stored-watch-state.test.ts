import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWatchState } from './parse-watch-state.ts';
import { storeWatchState } from './stored-watch-state.ts';
import type { WatchedTag, WatchState } from './watch-state.ts';

const digest = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((letters): `sha256:${string}` => `sha256:${letters.join('')}`);
// Few different times, as in the tags of one poll.
const time = fc.constantFrom(
  '1970-01-01T00:00:00.000Z',
  '2026-05-01T00:00:00.000Z',
  '2026-05-01T00:01:00.000Z',
);
const observation = fc.option(fc.record({ digest, observedAt: time }), { nil: undefined });
const count = fc.option(fc.nat(), { nil: undefined });
const tag: fc.Arbitrary<WatchedTag> = fc
  .record({
    digest: fc.option(digest, { nil: undefined }),
    since: fc.option(time, { nil: undefined }),
    source: fc.constantFrom('DescribeImage' as const, 'DescribeImageInstances' as const, undefined),
    live: observation,
    inventory: observation,
    earlier: fc.array(fc.record({ digest, leftAt: time }), { maxLength: 8 }),
    scan: fc.option(
      fc.oneof(
        fc.string(),
        time.map((iso) => `SUCCESS ${iso}`),
        fc.constant('FAIL '),
      ),
      {
        nil: undefined,
      },
    ),
    risk: fc.option(
      fc.record({
        state: fc.constantFrom('clean' as const, 'risky' as const),
        vulnerabilities: count,
        alerts: count,
        baselineRisks: count,
      }),
      { nil: undefined },
    ),
    seenAt: time,
  })
  .map(({ live, inventory, ...rest }) => ({
    ...rest,
    observations: {
      ...(live && { DescribeImage: live }),
      ...(inventory && { DescribeImageInstances: inventory }),
    },
  }));
const key = fc
  .tuple(fc.string(), fc.string(), fc.oneof(fc.string(), fc.array(fc.string())), fc.option(fc.string()))
  .map((parts) => JSON.stringify(parts));

describe('storeWatchState', () => {
  it('keeps every field of every state through JSON', () => {
    const states = fc.record({
      watching: fc.string(),
      nextLive: fc.option(key),
      tags: fc.dictionary(key, tag),
    });
    fc.assert(
      fc.property(states, ({ watching, nextLive, tags }) => {
        const state: WatchState = { version: 2, watching, nextLive: nextLive ?? undefined, tags };
        expect(parseWatchState(JSON.parse(JSON.stringify(storeWatchState(state))))).toEqual(state);
      }),
      { numRuns: 300 },
    );
  });

  it('needs less than 160 bytes per tag for 50,000 scanned tags', () => {
    const at = '2026-05-01T00:00:00.000Z';
    const tags = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index): [string, WatchedTag] => {
        const hex = `sha256:${index.toString(16).padStart(64, '0')}` as const;
        const scannedAt = new Date(Date.UTC(2026, 4, 1) + index * 1_000).toISOString();
        return [
          JSON.stringify(['cn-hangzhou', 'cri-3xk9v2m7q4wz8d1p', `crr-${index % 500}`, `1.${index}`]),
          {
            digest: hex,
            since: at,
            source: 'DescribeImageInstances',
            observations: {
              DescribeImage: { digest: hex, observedAt: at },
              DescribeImageInstances: { digest: hex, observedAt: at },
            },
            earlier: [],
            scan: `SUCCESS ${scannedAt}`,
            risk: { state: 'risky', vulnerabilities: index, alerts: 1, baselineRisks: 0 },
            seenAt: at,
          },
        ];
      }),
    );
    const stored = JSON.stringify(storeWatchState({ version: 2, watching: 'all', tags }));
    expect(stored.length / 50_000).toBeLessThan(160);
  });

  it.each([
    { version: 3 },
    { version: 3, watching: 'x', times: {}, repositories: {} },
    { version: 3, watching: 'x', times: [], repositories: [] },
  ])('is rejected by parseWatchState as %o', (value) => {
    expect(parseWatchState(value)).toBeUndefined();
  });

  it('skips tags that are not readable', () => {
    const repositories = { '["r"]': [1, [], ['a', 'no hex', 0, 5], ['b', 0, 0, 1]], x: 'text' };
    const state = parseWatchState({
      version: 3,
      watching: 'x',
      times: ['2026-05-01T00:00:00.000Z'],
      repositories,
    });
    expect(Object.keys(state?.tags ?? {})).toEqual(['["r","b"]']);
  });
});
