import { ValidationError } from '../errors/errors.ts';

/** `sha256:` and 64 lower-case hex digits, as a deployment pins an image. @public */
export type ImageDigest = `sha256:${string}`;

/**
 * The digest in its normal form. The service writes 64 hex digits, manifests write `sha256:` before them.
 *
 * @returns `undefined` for anything else; nothing is corrected.
 *
 * @example
 * ```ts
 * import { normalizeDigest } from '@describe-image/core';
 *
 * console.log(normalizeDigest('A'.repeat(64))); // sha256:aaaa…
 * console.log(normalizeDigest('latest')); // undefined
 * ```
 *
 * @public
 */
export function normalizeDigest(value: unknown): ImageDigest | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  const hex = text.startsWith('sha256:') ? text.slice('sha256:'.length) : text;
  return /^[0-9a-f]{64}$/.test(hex) ? `sha256:${hex}` : undefined;
}

/** @throws {@link ValidationError} that names the field, for anything but a digest. */
export function requireDigest(name: string, value: unknown): ImageDigest {
  const digest = normalizeDigest(value);
  if (digest !== undefined) return digest;
  throw new ValidationError(
    `${name}: must be 64 hex digits, with or without "sha256:" before them, got ${JSON.stringify(value)}`,
  );
}
