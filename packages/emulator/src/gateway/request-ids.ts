import { createHash } from 'node:crypto';

/**
 * Names things in sequence: the same seed and the same calls give the same names.
 */
export class RequestIds {
  readonly #seed: string;
  /** How many request ids were given out. */
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

/** A UUID (version 5 form, lower case) that depends on nothing but the text. */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
