import { describe, expect, it } from 'vitest';
import { parseImage } from '../operations/image.ts';
import type { ImageListing } from './list-images.ts';
import { observationsOf, sampleEvent, watchImages } from './watch-images.ts';
import { parseWatchState, type WatchState } from './watch-state.ts';

type Row = Readonly<Record<string, unknown>>;

const BASE = { RegionId: 'cn-hangzhou', InstanceId: 'cri-1', RepoId: 'crr-1', RepoName: 'api', Tag: '1.0' };
const CLEAN = { ScaStatus: 'SUCCESS', LastScanTime: 1_000, VulCount: 0, AlarmCount: 0, HcCount: 0 };
const digest = (letter: string): string => letter.repeat(64);

/** Looks at one inventory after another, keeping the state as JSON text in between. */
function look(...inventories: readonly (readonly Row[])[]) {
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
    const { events, state } = watchImages(before, 'all', observationsOf(listing));
    kept = JSON.stringify(state);
    return events;
  });
}

describe('watching images', () => {
  it('gives the same look no event the second time', () => {
    const rows = [{ ...BASE, ...CLEAN, Digest: digest('a') }];
    const [first, second] = look(rows, rows);
    expect(first?.map(({ kind }) => kind)).toEqual(['newTag', 'scanFinished']);
    expect(second).toEqual([]);
  });

  it('tells a moved tag with both digests and times, and one that was moved back', () => {
    const [, moved, back] = look(...['a', 'b', 'a'].map((letter) => [{ ...BASE, Digest: digest(letter) }]));
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

  it('takes the newest of two rows of one tag, in either order', () => {
    const old = { ...BASE, Digest: digest('a'), ImageUpdate: 1 };
    const now = { ...BASE, Digest: digest('b'), ImageUpdate: 2 };
    const [, second, third] = look([old], [old, now], [now, old]);
    expect(second).toMatchObject([{ kind: 'digestChanged', to: `sha256:${digest('b')}` }]);
    expect(third).toEqual([]);
  });

  it('calls a tag new once, even when a listing missed it in between', () => {
    const other = { ...BASE, Tag: '2.0' };
    const [, second, third, fourth] = look([BASE], [BASE, other], [BASE], [BASE, other]);
    expect(second).toMatchObject([{ kind: 'newTag', image: { tag: '2.0' } }]);
    expect([third, fourth]).toEqual([[], []]);
  });

  it('tells a finished scan once, failed ones too, and none that is under way', () => {
    const [, scanning, finished, again, failed] = look(
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

  it('tells more findings than the last verdict had, across a scan in between, and never fewer', () => {
    const risky = (count: number) => [{ ...BASE, ...CLEAN, VulCount: count }];
    const scanning = [{ ...BASE, ScaStatus: 'CVE_ANALYZER', ScaProgress: 1 }];
    const kinds = look(risky(0), risky(2), scanning, risky(2), risky(3), risky(1)).map((events) =>
      events.filter(({ kind }) => kind === 'riskIncreased'),
    );
    expect(kinds.map(({ length }) => length)).toEqual([0, 1, 0, 0, 1, 0]);
    expect(kinds[4]).toMatchObject([{ before: { vulnerabilities: 2 }, risk: { vulnerabilities: 3 } }]);
  });

  it('does not take the older digest of the inventory for news when DescribeImage was known', () => {
    const image = parseImage({ ...BASE, Digest: digest('a') });
    const observedAt = new Date('2026-05-01');
    const observation = (letter: string, source: 'DescribeImage' | 'DescribeImageInstances') => [
      { image, digest: `sha256:${digest(letter)}` as const, source, observedAt },
    ];
    const first = watchImages(undefined, 'x', observation('b', 'DescribeImage'));
    const second = watchImages(first.state, 'x', observation('a', 'DescribeImageInstances'));
    expect(second.events).toEqual([]);
    const third = watchImages(second.state, 'x', observation('c', 'DescribeImage'));
    expect(third.events).toMatchObject([{ from: `sha256:${digest('b')}` }]);
  });

  it('begins anew when something else is watched, and for a state that is none', () => {
    const { state } = watchImages(undefined, 'one', []);
    expect(watchImages(state, 'one', []).first).toBe(false);
    expect(watchImages(state, 'two', []).first).toBe(true);
    expect(parseWatchState({ watching: 'one' })).toBeUndefined();
    expect(parseWatchState({ watching: 'one', tags: { a: 1 } })).toEqual({ watching: 'one', tags: {} });
  });

  it('keeps a bounded state: eight digests a tag, and no more than 5,000 tags', () => {
    const letters = [...'0123456789abcdef'];
    let state: WatchState | undefined;
    for (const letter of letters) {
      const images = [parseImage({ ...BASE, Digest: digest(letter) })];
      state = watchImages(state, 'x', observationsOf(listingOf(images))).state;
    }
    expect(Object.values(state?.tags ?? {})[0]?.earlier).toHaveLength(8);
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => parseImage({ ...BASE, Tag: `${from + index}` }));
    const full = watchImages(undefined, 'y', observationsOf(listingOf(many(0, 5_000))));
    const over = watchImages(full.state, 'y', observationsOf(listingOf(many(9_000, 10))));
    expect(Object.keys(over.state.tags)).toHaveLength(5_000);
    expect(() => watchImages(undefined, 'y', observationsOf(listingOf(many(0, 5_001))))).toThrow('narrow');
  });

  it('makes a sample of an image that is there', () => {
    const [observation] = observationsOf(listingOf([parseImage({ ...BASE, Digest: digest('a') })]));
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
