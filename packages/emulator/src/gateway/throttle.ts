import type { SeedThrottle } from '../world/seed.ts';
import { ApiError } from './api-error.ts';

/** Token buckets on the emulator's clock: one per key, one per key and operation. */
export class Throttle {
  readonly #sendRetryAfter: boolean;
  readonly #buckets = new Map<string, Bucket>();

  /** @param sendRetryAfter - Whether errors contain the time to wait. */
  constructor(sendRetryAfter: boolean) {
    this.#sendRetryAfter = sendRetryAfter;
  }

  /**
   * Takes a token for a call. A rejected call takes none.
   *
   * @throws {@link ApiError} `Throttling.User` or `Throttling.Api`, with the milliseconds to wait.
   */
  take(call: ThrottledCall, limits: SeedThrottle | undefined): void {
    if (limits === undefined) return;
    const { accessKeyId, operation, now } = call;
    const user = this.#bucket(accessKeyId, limits.callsPerSecond, now);
    const api = this.#bucket(`${accessKeyId}\n${operation}`, limits.operations?.[operation], now);
    this.#requireToken(user, 'Throttling.User');
    this.#requireToken(api, 'Throttling.Api');
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

  #requireToken(bucket: Bucket | undefined, code: string): void {
    // Tokens are fractions. The tolerances prevent a rounding error from adding a millisecond.
    if (bucket === undefined || bucket.tokens >= 1 - 1e-9) return;
    const retryAfterMs = Math.ceil(((1 - bucket.tokens) * 1_000) / bucket.perSecond - 1e-6);
    throw new ApiError(code, this.#sendRetryAfter ? { retryAfterMs } : {});
  }
}

export interface ThrottledCall {
  readonly accessKeyId: string;
  readonly operation: string;
  /** The emulator's time, in milliseconds since the epoch. */
  readonly now: number;
}

interface Bucket {
  /** How many calls are possible now. */
  tokens: number;
  filledAt: number;
  readonly perSecond: number;
}
