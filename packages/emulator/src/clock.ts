/** A point in time: milliseconds since the epoch, an ISO 8601 text, or a `Date`. @public */
export type Instant = number | string | Date;

/**
 * The clock of the emulator. Signatures, tokens, throttling, tags and scans use it.
 *
 * @remarks It either runs with the machine's clock, at any offset, or is frozen until it is moved.
 *
 * @example
 * ```ts
 * import { EmulatorClock } from '@describe-image/emulator';
 *
 * const clock = new EmulatorClock('2026-11-24T03:04:32Z'); // frozen
 * clock.advance(15 * 60_000);
 * ```
 *
 * @public
 */
export class EmulatorClock {
  #shiftMs = 0;
  #frozenAt: number | undefined;

  /** @param start - The time at which the clock is frozen. @default a clock that runs with the machine's */
  constructor(start?: Instant) {
    if (start !== undefined) this.#frozenAt = toMilliseconds(start);
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#frozenAt ?? Date.now() + this.#shiftMs;
  }

  /** Whether the clock is frozen. */
  get frozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** Sets the time. A running clock continues from there. */
  set(instant: Instant): void {
    const target = toMilliseconds(instant);
    if (this.#frozenAt === undefined) this.#shiftMs = target - Date.now();
    else this.#frozenAt = target;
  }

  /** Moves forward, or back with a negative number of milliseconds. */
  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds)) {
      throw new RangeError(`clock.advance: milliseconds must be a finite number, got ${milliseconds}`);
    }
    this.set(this.now() + milliseconds);
  }

  /** Stops the clock at the current time. */
  freeze(): void {
    this.#frozenAt = this.now();
  }

  /** Lets a frozen clock run from its current time. */
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
      `clock: the time must be one such as "2026-11-24T03:04:32Z", got ${String(instant)}`,
    );
  }
  return milliseconds;
}
