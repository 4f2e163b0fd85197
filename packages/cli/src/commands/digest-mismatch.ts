import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { DigestAnswer } from './digest-answer.ts';

/** The error for a tag that no longer has the digest in the reference. */
export function mismatchOf({ reference, digest, sources }: DigestAnswer): CommandError | undefined {
  const pinned = sources.find(({ source }) => source === 'reference')?.digest;
  if (pinned === undefined || pinned === digest) return undefined;
  const message = `${reference}: the tag has another digest, ${digest}`;
  return new CommandError('Mismatch', EXIT.mismatch, message, 'Pin the reference again, or restore the tag.');
}
