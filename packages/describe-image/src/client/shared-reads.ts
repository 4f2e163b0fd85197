import type { Operation } from '../protocol/operation.ts';
import type { UnsignedRequest } from '../protocol/request.ts';
import type { ResolvedCallLimits } from '../protocol/retrying/call-limits.ts';

/** The part of an operation that is used after its request is built. */
export type ReadOperation<Output> = Pick<
  Operation<never, Output>,
  'action' | 'ramAction' | 'idempotent' | 'parseOutput'
>;

/** A read, with the fields that make two reads equal. The last two fields belong to {@link SharedReads}. */
export interface SharedRead {
  readonly operation: ReadOperation<unknown>;
  readonly unsigned: UnsignedRequest;
  readonly limits: ResolvedCallLimits;
  sharedHash: number;
  nextShared: SharedRead | undefined;
}

const BUCKETS = 1024;

/**
 * The reads that have not been sent yet. A table of fixed size: the tables that a growing and shrinking `Map` leaves behind keep later
 * calls in memory until they are collected.
 */
export class SharedReads {
  readonly #buckets: (SharedRead | undefined)[] = [];

  /** The equal read that has not been sent yet, if there is one. Otherwise this one is remembered. */
  findOrAdd(read: SharedRead): SharedRead | undefined {
    const hash = hashOf(read.unsigned.query);
    const index = hash % BUCKETS;
    for (let known = this.#buckets[index]; known !== undefined; known = known.nextShared)
      if (known.sharedHash === hash && areEqual(known, read)) return known;
    read.sharedHash = hash;
    read.nextShared = this.#buckets[index];
    this.#buckets[index] = read;
    return undefined;
  }

  /** Removes a read, so that no other can join it. */
  remove(read: SharedRead): void {
    if (read.sharedHash < 0) return;
    const index = read.sharedHash % BUCKETS;
    read.sharedHash = -1;
    const next = read.nextShared;
    read.nextShared = undefined;
    let before = this.#buckets[index];
    if (before === read) {
      this.#buckets[index] = next;
      return;
    }
    while (before !== undefined && before.nextShared !== read) before = before.nextShared;
    if (before !== undefined) before.nextShared = next;
  }
}

/** The operation is compared as an object: another one with the same action may read the answer differently. */
function areEqual(a: SharedRead, b: SharedRead): boolean {
  return (
    a.operation === b.operation &&
    a.unsigned.query === b.unsigned.query &&
    a.unsigned.body === b.unsigned.body &&
    a.limits.attemptTimeoutMs === b.limits.attemptTimeoutMs &&
    a.limits.totalTimeoutMs === b.limits.totalTimeoutMs &&
    a.limits.maxRetries === b.limits.maxRetries
  );
}

/** FNV-1a, cut to the 31 bits that a number has without an object of its own in V8. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 1;
}
