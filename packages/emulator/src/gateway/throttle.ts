import type { SeedThrottle } from '../world/seed.ts';
import { Refusal } from './refusal.ts';

/** Token buckets on the emulator's clock: one per key, one per key and operation. */
export class Throttle {
  readonly #tellsWhen: boolean;
  readonly #buckets = new Map<string, Bucket>();

  /** @param tellsWhen - Whether a refusal says how long to wait. */
  constructor(tellsWhen: boolean) {
    this.#tellsWhen = tellsWhen;
  }

  /**
   * Counts a call, or refuses it without counting.
   *
   * @throws {@link Refusal} `Throttling.User` or `Throttling.Api`, with the milliseconds to wait.
   */
  admit(call: ThrottledCall, limits: SeedThrottle | undefined): void {
    if (limits === undefined) return;
    const { accessKeyId, operation, now } = call;
    const user = this.#bucket(accessKeyId, limits.callsPerSecond, now);
    const api = this.#bucket(`${accessKeyId}\n${operation}`, limits.operations?.[operation], now);
    this.#refuseEmpty(user, 'Throttling.User');
    this.#refuseEmpty(api, 'Throttling.Api');
    for (const bucket of [user, api]) if (bucket) bucket.tokens -= 1;
  }

  clear(): void {
    this.#buckets.clear();
  }

  #bucket(name: string, perSecond: number | undefined, now: number): Bucket | undefined {
    if (perSecond === undefined) return undefined;
    const capacity = Math.max(1, perSecond);
    const bucket = this.#buckets.get(name) ?? { tokens: capacity, filledAt: now, perSecond };
    const earned = (Math.max(0, now - bucket.filledAt) * perSecond) / 1_000;
    bucket.tokens = Math.min(capacity, bucket.tokens + earned);
    bucket.filledAt = now;
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #refuseEmpty(bucket: Bucket | undefined, code: string): void {
    // Tokens are earned in fractions: the tolerances keep rounding from asking for one millisecond more.
    if (bucket === undefined || bucket.tokens >= 1 - 1e-9) return;
    const retryAfterMs = Math.ceil(((1 - bucket.tokens) * 1_000) / bucket.perSecond - 1e-6);
    throw new Refusal(code, this.#tellsWhen ? { retryAfterMs } : {});
  }
}

export interface ThrottledCall {
  readonly accessKeyId: string;
  readonly operation: string;
  /** The emulator's time, in milliseconds since the epoch. */
  readonly now: number;
}

interface Bucket {
  /** Calls that may be made at once. */
  tokens: number;
  filledAt: number;
  readonly perSecond: number;
}
