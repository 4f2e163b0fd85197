import { describe, expect, test } from 'vitest';
import { parseTrackedTag, type TrackedTag, trackTag } from './track-tag.ts';

const A = `sha256:${'a'.repeat(64)}` as const;
const B = `sha256:${'b'.repeat(64)}` as const;
const C = `sha256:${'c'.repeat(64)}` as const;
const NAMES = { [A]: 'A', [B]: 'B', [C]: 'C' };

/** `live:A` and `inventory:B` in the order in which they are seen, a second apart, and the moves that are told. */
function movesOf(...observations: string[]): string[] {
  let tag: TrackedTag | undefined;
  return observations.flatMap((observation, index) => {
    const [who, what] = observation.split(':');
    const digest = what === 'A' ? A : what === 'B' ? B : what === 'C' ? C : undefined;
    const source = who === 'live' ? ('DescribeImage' as const) : ('DescribeImageInstances' as const);
    const observedAt = new Date(Date.UTC(2026, 10, 24, 0, 0, index));
    // What hosts keep is JSON.
    const kept = parseTrackedTag(JSON.parse(JSON.stringify(tag ?? null)));
    const { tag: after, move } = trackTag(kept, { digest, source, observedAt });
    tag = after;
    return move === undefined
      ? []
      : [`${NAMES[move.from]}→${NAMES[move.to]}${move.movedBack ? ' back' : ''} at ${index}`];
  });
}

describe('one source', () => {
  test.each([
    ['what is seen first did not move', ['live:A'], []],
    ['the same again is no news', ['inventory:A', 'inventory:A'], []],
    ['another digest is a move', ['inventory:A', 'inventory:B'], ['A→B at 1']],
    ['to where it was is a move back', ['live:A', 'live:B', 'live:A'], ['A→B at 1', 'B→A back at 2']],
    ['no digest is no statement', ['live:A', 'live:', 'live:A'], []],
  ])('%s', (_, observations, moves) => {
    expect(movesOf(...observations)).toEqual(moves);
  });
});

describe('two sources', () => {
  test.each([
    [
      'the inventory catches up: told once',
      ['live:A', 'inventory:A', 'live:B', 'inventory:A', 'inventory:B'],
      ['A→B at 2'],
    ],
    [
      'the inventory is first, DescribeImage agrees: told once',
      ['inventory:A', 'inventory:B', 'live:B'],
      ['A→B at 1'],
    ],
    [
      'an inventory one step behind is late, not moved back',
      ['inventory:A', 'live:A', 'live:B', 'live:C', 'inventory:B', 'inventory:C'],
      ['A→B at 2', 'B→C at 3'],
    ],
    [
      'once the inventory agreed, its way back counts',
      ['live:A', 'live:B', 'inventory:B', 'inventory:A'],
      ['A→B at 1', 'B→A back at 3'],
    ],
    [
      'a source that repeats itself against the other tells nothing',
      ['live:A', 'inventory:A', 'inventory:B', 'live:A'],
      ['A→B at 2'],
    ],
    [
      'the first word of the other source is no move, whatever it says',
      ['inventory:A', 'live:B', 'inventory:A'],
      [],
    ],
    ["nor the inventory's", ['live:A', 'inventory:B', 'live:A'], []],
    ['an inventory that never agreed at first is no move', ['live:A', 'inventory:A', 'live:A'], []],
  ])('%s', (_, observations, moves) => {
    expect(movesOf(...observations)).toEqual(moves);
  });
});

test('an answer that is older than the last of its source changes nothing', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 0, 0, second));
  const first = trackTag(undefined, { digest: A, source: 'DescribeImage', observedAt: at(5) });
  const late = trackTag(first.tag, { digest: B, source: 'DescribeImage', observedAt: at(4) });
  expect(late).toEqual({ tag: first.tag, move: undefined });
});

test('what is no kept tag is none', () => {
  expect(parseTrackedTag('nonsense')).toBeUndefined();
  expect(parseTrackedTag({ words: { DescribeImage: 7 }, earlier: [null], digest: 'x' })).toEqual({
    digest: undefined,
    since: undefined,
    by: undefined,
    words: {},
    earlier: [],
  });
});
