import { describe, expect, it } from 'vitest';
import { parseTrackedTag, type TrackedTag, trackTag } from './track-tag.ts';

const A = `sha256:${'a'.repeat(64)}` as const;
const B = `sha256:${'b'.repeat(64)}` as const;
const C = `sha256:${'c'.repeat(64)}` as const;
const NAMES = { [A]: 'A', [B]: 'B', [C]: 'C' };

/** The moves that are reported for observations such as `live:A` and `inventory:B`, one second apart. */
function movesOf(...observations: string[]): string[] {
  let tag: TrackedTag | undefined;
  return observations.flatMap((observation, index) => {
    const [who, what] = observation.split(':');
    const digest = what === 'A' ? A : what === 'B' ? B : what === 'C' ? C : undefined;
    const source = who === 'live' ? ('DescribeImage' as const) : ('DescribeImageInstances' as const);
    const observedAt = new Date(Date.UTC(2026, 10, 24, 0, 0, index));
    // Hosts store JSON.
    const kept = parseTrackedTag(JSON.parse(JSON.stringify(tag ?? null)));
    const { tag: after, move } = trackTag(kept, { digest, source, observedAt });
    tag = after;
    return move === undefined
      ? []
      : [`${NAMES[move.from]}→${NAMES[move.to]}${move.movedBack ? ' back' : ''} at ${index}`];
  });
}

describe('trackTag with one source', () => {
  it.each([
    ['no move for the first observation', ['live:A'], []],
    ['no move for the same digest', ['inventory:A', 'inventory:A'], []],
    ['a move for another digest', ['inventory:A', 'inventory:B'], ['A→B at 1']],
    ['a move back to an earlier digest', ['live:A', 'live:B', 'live:A'], ['A→B at 1', 'B→A back at 2']],
    ['no move for an observation without a digest', ['live:A', 'live:', 'live:A'], []],
  ])('reports %s', (_, observations, moves) => {
    expect(movesOf(...observations)).toEqual(moves);
  });
});

describe('trackTag with two sources', () => {
  it.each([
    [
      'one move when the inventory follows',
      ['live:A', 'inventory:A', 'live:B', 'inventory:A', 'inventory:B'],
      ['A→B at 2'],
    ],
    ['one move when the inventory is first', ['inventory:A', 'inventory:B', 'live:B'], ['A→B at 1']],
    [
      'no move back for an inventory that is one step behind',
      ['inventory:A', 'live:A', 'live:B', 'live:C', 'inventory:B', 'inventory:C'],
      ['A→B at 2', 'B→C at 3'],
    ],
    [
      'a move back in the inventory after both sources agreed',
      ['live:A', 'live:B', 'inventory:B', 'inventory:A'],
      ['A→B at 1', 'B→A back at 3'],
    ],
    [
      'no move for a source that repeats a digest which the other saw replaced',
      ['live:A', 'inventory:A', 'inventory:B', 'live:A'],
      ['A→B at 2'],
    ],
    ['no move for the first observation of DescribeImage', ['inventory:A', 'live:B', 'inventory:A'], []],
    ['no move for the first observation of the inventory', ['live:A', 'inventory:B', 'live:A'], []],
    [
      'a move for a digest that is new to the inventory, after DescribeImage answered once',
      ['inventory:A', 'live:B', 'inventory:C'],
      ['B→C at 2'],
    ],
    ['no move for sources that agree', ['live:A', 'inventory:A', 'live:A'], []],
  ])('reports %s', (_, observations, moves) => {
    expect(movesOf(...observations)).toEqual(moves);
  });
});

it('ignores an observation that is older than the last of its source', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 0, 0, second));
  const first = trackTag(undefined, { digest: A, source: 'DescribeImage', observedAt: at(5) });
  const late = trackTag(first.tag, { digest: B, source: 'DescribeImage', observedAt: at(4) });
  expect(late).toEqual({ tag: first.tag, move: undefined });
});

it.each([
  ['text', 'nonsense'],
  ['the format of an earlier version', { words: {}, earlier: [], digest: A, by: 'DescribeImage' }],
])('starts an empty history for a stored tag that is %s', (_, stored) => {
  expect(parseTrackedTag(stored)).toBeUndefined();
});

it('skips invalid fields of a stored tag', () => {
  const stored = { observations: { DescribeImage: 7 }, earlier: [null], digest: 'x', source: 'x', since: 1 };
  expect(parseTrackedTag(stored)).toEqual({
    digest: undefined,
    since: undefined,
    source: undefined,
    observations: {},
    earlier: [],
  });
});
