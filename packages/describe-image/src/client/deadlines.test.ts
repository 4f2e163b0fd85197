import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Deadlines, type Timed } from './deadlines.ts';

type Entry = { -readonly [Name in keyof Timed]: Timed[Name] };

/** Deadlines by vitest's clock, and a record of what became due. */
function setUp() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const due: string[] = [];
  const deadlines = new Deadlines(() => performance.now());
  const entry = (name: string): Entry => ({ dueAt: 0, heapIndex: -1, onDue: () => due.push(name) });
  /** Schedules an entry, or moves one that is scheduled. */
  const set = (target: Entry, milliseconds: number): void => {
    deadlines.clear(target);
    target.dueAt = performance.now() + milliseconds;
    deadlines.add(target);
  };
  return { deadlines, due, entry, set };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('Deadlines', () => {
  it('calls entries in order of time with one timer', () => {
    const { due, entry, set } = setUp();
    for (const [name, milliseconds] of [
      ['c', 30],
      ['a', 10],
      ['b', 20],
    ] as const)
      set(entry(name), milliseconds);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(25);
    expect(due).toEqual(['a', 'b']);
    vi.advanceTimersByTime(5);
    expect(due).toEqual(['a', 'b', 'c']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('moves an entry that is set again, and drops one that is cleared', () => {
    const { deadlines, due, entry, set } = setUp();
    const [moved, cleared] = [entry('moved'), entry('cleared')];
    set(moved, 10);
    set(cleared, 20);
    set(moved, 50);
    deadlines.clear(cleared);
    deadlines.clear(cleared);
    vi.advanceTimersByTime(49);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(due).toEqual(['moved']);
  });

  it('uses the timer of a cleared entry for the next one', () => {
    const { deadlines, due, entry, set } = setUp();
    const first = entry('first');
    set(first, 10);
    deadlines.clear(first);
    set(entry('second'), 20);
    vi.advanceTimersByTime(20);
    expect(due).toEqual(['second']);
  });

  it('allows entries to be set and cleared while others become due', () => {
    const { deadlines, due, entry, set } = setUp();
    const later = entry('later');
    set({ ...entry('x'), onDue: () => deadlines.clear(later) }, 10);
    set(later, 10);
    set({ ...entry('y'), onDue: () => set(entry('new'), 5) }, 10);
    vi.advanceTimersByTime(15);
    expect(due).toEqual(['new']);
  });

  it('calls what is not cleared, in order, for any sequence of operations', () => {
    const operation = fc.record({ entry: fc.nat(30), milliseconds: fc.nat(1000), clear: fc.boolean() });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const { deadlines, due, entry, set } = setUp();
        const entries = Array.from({ length: 31 }, (_, index) => entry(String(index)));
        const expected = new Map<string, number>();
        for (const { entry: index, milliseconds, clear } of operations) {
          const target = entries[index];
          if (target === undefined) continue;
          if (clear) deadlines.clear(target);
          else set(target, milliseconds);
          if (clear) expected.delete(String(index));
          else expected.set(String(index), milliseconds);
        }
        vi.advanceTimersByTime(2000);
        expect(due.map((name) => expected.get(name))).toEqual([...expected.values()].sort((a, b) => a - b));
        expect([...due].sort()).toEqual([...expected.keys()].sort());
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
