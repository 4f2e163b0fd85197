import { ApiError } from './api-error.ts';

/**
 * The used nonces of each access key, for a limited time by the emulator's clock.
 */
export class NonceMemory {
  readonly #rememberMs: number;
  readonly #seen = new Map<string, number>();

  /** @param rememberMs - How long a nonce stays used, in milliseconds. */
  constructor(rememberMs: number) {
    this.#rememberMs = rememberMs;
  }

  /** @throws {@link ApiError} `SignatureNonceUsed` when the key has used this nonce within that time. */
  use(accessKeyId: string, nonce: string, now: number): void {
    this.#forget(now);
    const key = `${accessKeyId}\n${nonce}`;
    const usedAt = this.#seen.get(key);
    if (usedAt !== undefined && Math.abs(now - usedAt) < this.#rememberMs) {
      throw new ApiError('SignatureNonceUsed');
    }
    this.#seen.delete(key);
    this.#seen.set(key, now);
  }

  clear(): void {
    this.#seen.clear();
  }

  /** The used nonces, oldest first, with the time of their use. */
  entries(): [string, number][] {
    return [...this.#seen];
  }

  restore(entries: readonly (readonly [string, number])[]): void {
    this.#seen.clear();
    for (const [key, usedAt] of entries) this.#seen.set(key, usedAt);
  }

  // A Map keeps insertion order, so the loop ends at the first nonce that is kept.
  #forget(now: number): void {
    for (const [key, usedAt] of this.#seen) {
      if (now - usedAt < this.#rememberMs) return;
      this.#seen.delete(key);
    }
  }
}
