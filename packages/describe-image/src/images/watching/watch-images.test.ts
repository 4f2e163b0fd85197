import { describe, expect, it } from 'vitest';
import { parseImage } from '../../operations/image.ts';
import type { ObservedDigests } from '../digests/digest-status.ts';
import type { ImageListing } from '../inventory/list-images.ts';
import { parseWatchState } from './parse-watch-state.ts';
import { observeListing, sampleEvent, watchImages } from './watch-images.ts';
import type { WatchState } from './watch-state.ts';

type Row = Readonly<Record<string, unknown>>;

const BASE = { RegionId: 'cn-hangzhou', InstanceId: 'cri-1', RepoId: 'crr-1', RepoName: 'api', Tag: '1.0' };
const CLEAN = { ScaStatus: 'SUCCESS', LastScanTime: 1_000, VulCount: 0, AlarmCount: 0, HcCount: 0 };
const digest = (letter: string): string => letter.repeat(64);

/** Polls one inventory after another, with the state stored as JSON between the polls. */
function poll(...inventories: readonly (readonly Row[])[]) {
  let kept = '';
  return inventories.map((rows, index) => {
    const listing: ImageListing = {
      images: rows.map(parseImage),
      totalCount: rows.length,
      inventoryChanged: false,
      requestIds: [],
      endpoint: 'tds.cn-shanghai.aliyuncs.com',
      attempts: 1,
      source: 'DescribeImageInstances',
      observedAt: new Date(Date.UTC(2026, 4, 1 + index)),
    };
    const before: WatchState | undefined = kept === '' ? undefined : parseWatchState(JSON.parse(kept));
    const { events, state } = watchImages(before, 'all', observeListing(listing));
    kept = JSON.stringify(state);
    return events;
  });
}

describe('watchImages', () => {
  it('returns no event for a second poll without changes', () => {
    const rows = [{ ...BASE, ...CLEAN, Digest: digest('a') }];
    const [first, second] = poll(rows, rows);
    expect(first?.map(({ kind }) => kind)).toEqual(['newTag', 'scanFinished']);
    expect(second).toEqual([]);
  });

  it('reports a moved tag with both digests and times, and one that was moved back', () => {
    const [, moved, back] = poll(...['a', 'b', 'a'].map((letter) => [{ ...BASE, Digest: digest(letter) }]));
    expect(moved).toMatchObject([
      {
        kind: 'digestChanged',
        from: `sha256:${digest('a')}`,
        to: `sha256:${digest('b')}`,
        fromSince: new Date('2026-05-01'),
        observedAt: new Date('2026-05-02'),
        movedBack: false,
      },
    ]);
    expect(back).toMatchObject([{ kind: 'digestChanged', movedBack: true, leftAt: new Date('2026-05-02') }]);
  });

  it('uses the newest of two rows of one tag, in either order', () => {
    const old = { ...BASE, Digest: digest('a'), ImageUpdate: 1 };
    const now = { ...BASE, Digest: digest('b'), ImageUpdate: 2 };
    const [, second, third] = poll([old], [old, now], [now, old]);
    expect(second).toMatchObject([{ kind: 'digestChanged', to: `sha256:${digest('b')}` }]);
    expect(third).toEqual([]);
  });

  it('reports a new tag once, also if a list missed it in between', () => {
    const other = { ...BASE, Tag: '2.0' };
    const [, second, third, fourth] = poll([BASE], [BASE, other], [BASE], [BASE, other]);
    expect(second).toMatchObject([{ kind: 'newTag', image: { tag: '2.0' } }]);
    expect([third, fourth]).toEqual([[], []]);
  });

  it('reports a finished or failed scan once, and no scan in progress', () => {
    const [, scanning, finished, again, failed] = poll(
      [BASE],
      [{ ...BASE, ScaStatus: 'CVE_ANALYZER', ScaProgress: 40 }],
      [{ ...BASE, ...CLEAN }],
      [{ ...BASE, ...CLEAN }],
      [{ ...BASE, ScaStatus: 'FAIL', LastScanTime: 1_000 }],
    );
    expect(scanning).toEqual([]);
    expect(finished).toMatchObject([{ kind: 'scanFinished', risk: { state: 'clean' } }]);
    expect(again).toEqual([]);
    expect(failed).toMatchObject([{ kind: 'scanFinished', risk: { state: 'failed' } }]);
  });

  it('reports more findings than the last scan with a result, and not fewer', () => {
    const risky = (count: number) => [{ ...BASE, ...CLEAN, VulCount: count }];
    const scanning = [{ ...BASE, ScaStatus: 'CVE_ANALYZER', ScaProgress: 1 }];
    const kinds = poll(risky(0), risky(2), scanning, risky(2), risky(3), risky(1)).map((events) =>
      events.filter(({ kind }) => kind === 'riskIncreased'),
    );
    expect(kinds.map(({ length }) => length)).toEqual([0, 1, 0, 0, 1, 0]);
    expect(kinds[4]).toMatchObject([{ before: { vulnerabilities: 2 }, risk: { vulnerabilities: 3 } }]);
  });

  describe('with answers of DescribeImage', () => {
    const SCANNED = { ...BASE, ...CLEAN };
    /** `a/b`: the inventory has a scanned digest a, DescribeImage returns b; `a/-`: it has none; `a`: it was not asked. */
    const observed = (text: string, day: number, fields: Row = SCANNED): ObservedDigests => {
      const [inventory = '', live] = text.split('/');
      const image = parseImage({ ...fields, Digest: digest(inventory) });
      const observedAt = new Date(Date.UTC(2026, 4, 1 + day));
      const answer = live === '-' ? undefined : (`sha256:${digest(live ?? '')}` as const);
      return {
        image,
        inventory: { source: 'DescribeImageInstances', digest: image.digest, observedAt },
        live: live === undefined ? 'not-asked' : { source: 'DescribeImage', digest: answer, observedAt },
      };
    };
    const pollDigests = (...polls: string[]) => {
      let state: WatchState | undefined;
      return polls.map((text, day) => {
        const result = watchImages(parseWatchState(JSON.parse(JSON.stringify(state ?? null))), 'x', [
          observed(text, day),
        ]);
        state = result.state;
        return result.events.map((event) =>
          event.kind === 'digestChanged'
            ? `${event.from?.at(-1)}→${event.to.at(-1)}`
            : event.kind === 'scanFinished'
              ? `scan ${event.risk.state}`
              : event.kind,
        );
      });
    };

    it.each([
      ['no change for an inventory that is late', ['a/b', 'a/b', 'a/c'], [['newTag'], [], ['b→c']]],
      [
        'one change when the inventory follows',
        ['a/a', 'a/b', 'b/b'],
        [['newTag', 'scan clean'], ['a→b'], []],
      ],
      ['no scan of a digest that was never scanned', ['a/b', 'b/b'], [['newTag'], ['scan clean']]],
      [
        'a change to a new digest of the inventory after DescribeImage answered once',
        ['a/b', 'a/-', 'c/-'],
        [['newTag'], [], ['b→c', 'scan stale']],
      ],
      [
        'no change to a digest that the tag already left',
        ['a/a', 'a/b', 'a'],
        [['newTag', 'scan clean'], ['a→b'], []],
      ],
      [
        'the digest of DescribeImage if both have a new one',
        ['a/a', 'b/c', 'b/-'],
        [['newTag', 'scan clean'], ['a→c'], []],
      ],
      ['no clean scan of a tag that is not live', ['a/-'], [['newTag', 'scan stale']]],
    ])('reports %s', (_, polls, events) => {
      expect(pollDigests(...polls)).toEqual(events);
    });

    it('reports no increased risk of a digest that the tag does not have', () => {
      const risky = { ...SCANNED, VulCount: 3 };
      const { state } = watchImages(undefined, 'x', [observed('a/a', 0)]);
      expect(watchImages(state, 'x', [observed('a/b', 1, risky)]).events.map(({ kind }) => kind)).toEqual([
        'digestChanged',
      ]);
    });

    it('skips images without a row', () => {
      expect(watchImages(undefined, 'x', [{ live: 'not-asked' }])).toMatchObject({ events: [], first: true });
    });
  });

  it('ignores a state of something else, and an invalid stored state', () => {
    const { state } = watchImages(undefined, 'one', []);
    expect(watchImages(state, 'one', []).first).toBe(false);
    expect(watchImages(state, 'two', []).first).toBe(true);
    expect(parseWatchState({ version: 2, watching: 'one' })).toBeUndefined();
    expect(parseWatchState({ version: 2, watching: 'one', tags: { a: 1 } })).toEqual({
      version: 2,
      watching: 'one',
      tags: {},
    });
    const earlierFormat = {
      watching: 'one',
      tags: { a: { digestSource: 'DescribeImage', earlier: [], seenAt: '' } },
    };
    expect(parseWatchState(earlierFormat)).toBeUndefined();
  });

  it('limits the state to eight earlier digests per tag and 50,000 tags', () => {
    const letters = [...'0123456789abcdef'];
    let state: WatchState | undefined;
    for (const letter of letters) {
      const images = [parseImage({ ...BASE, Digest: digest(letter) })];
      state = watchImages(state, 'x', observeListing(listingOf(images))).state;
    }
    expect(Object.values(state?.tags ?? {})[0]?.earlier).toHaveLength(8);
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => parseImage({ ...BASE, Tag: `${from + index}` }));
    const full = watchImages(undefined, 'y', observeListing(listingOf(many(0, 50_000))));
    const over = watchImages(full.state, 'y', observeListing(listingOf(many(90_000, 10))));
    expect(Object.keys(over.state.tags)).toHaveLength(50_000);
    expect(() => watchImages(undefined, 'y', observeListing(listingOf(many(0, 50_001))))).toThrow('narrow');
  });

  it('returns a sample event for an existing image', () => {
    const [observation] = observeListing(listingOf([parseImage({ ...BASE, Digest: digest('a') })]));
    if (observation === undefined) throw new Error('no observation');
    expect(sampleEvent('digestChanged', observation)).toMatchObject({
      kind: 'digestChanged',
      from: undefined,
    });
    expect(sampleEvent('scanFinished', observation)).toBeUndefined();
  });
});

function listingOf(images: ImageListing['images']): ImageListing {
  const observedAt = new Date('2026-05-01');
  const source = 'DescribeImageInstances' as const;
  const endpoint = 'tds.cn-shanghai.aliyuncs.com';
  const totalCount = images.length;
  return {
    images,
    totalCount,
    inventoryChanged: false,
    requestIds: [],
    endpoint,
    attempts: 1,
    source,
    observedAt,
  };
}
