/** Something that can become due. */
export interface Timed {
  /** By the monotonic clock. It does not change while the entry is scheduled. */
  readonly dueAt: number;
  /** -1 when it is not scheduled. Belongs to {@link Deadlines}. */
  heapIndex: number;
  onDue(): void;
}

/** The deadlines of all calls: a heap by due time with one timer, instead of a timer for each attempt. */
export class Deadlines {
  readonly #now: () => number;
  readonly #heap: Timed[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firesAt = Number.POSITIVE_INFINITY;

  constructor(monotonic: () => number) {
    this.#now = monotonic;
  }

  /** Schedules an entry that is not scheduled. */
  add(entry: Timed): void {
    this.#put(entry, this.#heap.length);
    this.#rise(entry);
    if (entry.heapIndex === 0 && entry.dueAt < this.#firesAt) this.#arm(this.#now());
    else if (this.#heap.length === 1) keepsProcessAlive(this.#timer, true);
  }

  clear(entry: Timed): void {
    const { heapIndex } = entry;
    if (heapIndex < 0) return;
    entry.heapIndex = -1;
    const last = this.#heap.pop();
    if (last !== undefined && last !== entry) {
      this.#put(last, heapIndex);
      this.#rise(last);
      this.#sink(last);
    }
    if (this.#heap.length > 0) return;
    // The timer is kept for the next call, but does not keep the process running.
    if (!keepsProcessAlive(this.#timer, false)) this.#disarm();
  }

  #arm(now: number): void {
    this.#disarm();
    const [first] = this.#heap;
    if (first === undefined) return;
    this.#firesAt = first.dueAt;
    this.#timer = setTimeout(() => this.#fire(), Math.max(first.dueAt - now, 0));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#firesAt = Number.POSITIVE_INFINITY;
  }

  #fire(): void {
    // Timers may fire a millisecond early.
    const now = Math.max(this.#now(), this.#firesAt);
    this.#disarm();
    for (let first = this.#heap[0]; first !== undefined && first.dueAt <= now; first = this.#heap[0]) {
      this.clear(first);
      first.onDue();
    }
    this.#arm(now);
  }

  #put(entry: Timed, index: number): void {
    this.#heap[index] = entry;
    entry.heapIndex = index;
  }

  #rise(entry: Timed): void {
    let index = entry.heapIndex;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || parent.dueAt <= entry.dueAt) break;
      this.#put(parent, index);
      index = above;
    }
    this.#put(entry, index);
  }

  #sink(entry: Timed): void {
    let index = entry.heapIndex;
    for (;;) {
      let child = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      if (child === undefined) break;
      if (right !== undefined && right.dueAt < child.dueAt) child = right;
      if (child.dueAt >= entry.dueAt) break;
      const below = child.heapIndex;
      this.#put(child, index);
      index = below;
    }
    this.#put(entry, index);
  }
}

/** Returns false where timers cannot let the process end: only Node's can. */
function keepsProcessAlive(timer: unknown, keeps: boolean): boolean {
  if (typeof timer !== 'object' || timer === null || !('ref' in timer && 'unref' in timer)) return false;
  const { ref, unref } = timer as { ref(): void; unref(): void };
  (keeps ? ref : unref).call(timer);
  return true;
}
