/** An instant: milliseconds since the epoch, an ISO 8601 text, or a `Date`. */
export type Instant = number | string | Date;

/**
 * The emulator's own clock: signatures, tokens, throttling, tags and scans all go by it.
 *
 * @remarks It either runs with the machine's clock (shifted as far as you like) or stands still until moved.
 *
 * @example
 * ```ts
 * import { EmulatorClock } from '@describe-image/emulator';
 *
 * const clock = new EmulatorClock('2026-11-24T03:04:32Z'); // stands still
 * clock.advance(15 * 60_000);
 * ```
 */
export class EmulatorClock {
  #shiftMs = 0;
  #frozenAt: number | undefined;

  /** @param start - Where to stand still; without it the clock runs with the machine's. */
  constructor(start?: Instant) {
    if (start !== undefined) this.#frozenAt = toMilliseconds(start);
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#shiftMs;
  }

  /** Whether the clock stands still. */
  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** Moves to an instant; a running clock goes on running from there. */
  set(instant: Instant): void {
    const target = toMilliseconds(instant);
    if (this.#frozenAt === undefined) this.#shiftMs = target - Date.now();
    else this.#frozenAt = target;
  }

  /** Moves forward, or back with a negative number of milliseconds. */
  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds)) {
      throw new RangeError(`clock.advance: milliseconds must be a finite number (got ${milliseconds})`);
    }
    this.set(this.now() + milliseconds);
  }

  /** Stands still where it is. */
  freeze(): void {
    this.#frozenAt = this.now();
  }

  /** Runs on from where it stands. */
  resume(): void {
    if (this.#frozenAt === undefined) return;
    this.#shiftMs = this.#frozenAt - Date.now();
    this.#frozenAt = undefined;
  }
}

function toMilliseconds(instant: Instant): number {
  const milliseconds = instant instanceof Date ? instant.getTime() : new Date(instant).getTime();
  if (Number.isNaN(milliseconds)) {
    throw new RangeError(
      `the clock needs an instant such as "2026-11-24T03:04:32Z" (got ${String(instant)})`,
    );
  }
  return milliseconds;
}
