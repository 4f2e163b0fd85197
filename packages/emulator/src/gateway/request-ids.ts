import { createHash } from 'node:crypto';

/**
 * Generates request ids. The same seed and the same calls result in the same ids.
 */
export class RequestIds {
  readonly #seed: string;
  /** How many request ids were generated. */
  count = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The next request id: an upper-case UUID. */
  next(): string {
    this.count += 1;
    return uuidFrom(`${this.#seed}\nrequest\n${this.count}`).toUpperCase();
  }
}

/** A UUID in the form of version 5, lower case, that is derived from a text. */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
