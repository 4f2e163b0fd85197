import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { rawOperation } from '../operations/index.ts';
import { DEFAULT_CALL_LIMITS } from '../protocol/retrying/call-limits.ts';
import { type SharedRead, SharedReads } from './shared-reads.ts';

const endpoint = resolveEndpoint();
const operations = [rawOperation('GetX'), rawOperation('GetX')];

function read(query: string, over: Partial<SharedRead> & { readonly body?: string } = {}): SharedRead {
  const { body, ...fields } = over;
  return {
    operation: operations[0] ?? rawOperation('GetX'),
    unsigned: { method: 'POST', endpoint, query, headers: {}, body },
    limits: DEFAULT_CALL_LIMITS,
    sharedHash: -1,
    nextShared: undefined,
    ...fields,
  };
}

describe('SharedReads', () => {
  it('finds an equal read until it is removed', () => {
    const reads = new SharedReads();
    const first = read('A=1');
    expect(reads.findOrAdd(first)).toBeUndefined();
    expect(reads.findOrAdd(read('A=1'))).toBe(first);
    reads.remove(first);
    reads.remove(first);
    expect(reads.findOrAdd(read('A=1'))).toBeUndefined();
  });

  it.each([
    ['query', read('A=2')],
    ['body', read('A=1', { body: 'x' })],
    ['operation object', read('A=1', { operation: rawOperation('GetX') })],
    ['attempt limit', read('A=1', { limits: { ...DEFAULT_CALL_LIMITS, attemptTimeoutMs: 1 } })],
    ['total limit', read('A=1', { limits: { ...DEFAULT_CALL_LIMITS, totalTimeoutMs: 1 } })],
    ['number of retries', read('A=1', { limits: { ...DEFAULT_CALL_LIMITS, maxRetries: 0 } })],
  ])('does not find a read with another %s', (_what, other) => {
    const reads = new SharedReads();
    reads.findOrAdd(read('A=1'));
    expect(reads.findOrAdd(other)).toBeUndefined();
  });

  it('agrees with a Map for any sequence of additions and removals', () => {
    const step = fc.record({ key: fc.nat(3000), remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
        const reads = new SharedReads();
        const model = new Map<number, SharedRead>();
        for (const { key, remove } of steps) {
          const known = model.get(key);
          if (remove) {
            if (known !== undefined) reads.remove(known);
            model.delete(key);
          } else {
            const added = read(`Key=${key}`);
            expect(reads.findOrAdd(added)).toBe(known);
            if (known === undefined) model.set(key, added);
          }
        }
      }),
      { seed: 9, numRuns: 30 },
    );
  });
});
