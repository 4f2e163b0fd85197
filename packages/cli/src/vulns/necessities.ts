import type { Necessity } from '@describe-image/core';
import { UsageError } from '../command-error.ts';

const NECESSITIES = ['asap', 'later', 'nntf'] as const;

/** @throws {@link UsageError} for anything but priorities separated by commas. */
export function parseNecessities(flag: string, text: string): readonly Necessity[] {
  return text.split(',').map((part) => {
    const necessity = NECESSITIES.find((known) => known === part.trim());
    if (necessity !== undefined) return necessity;
    throw new UsageError(
      `${flag}: expected ${NECESSITIES.join(', ')}, or several of them separated by commas, got ${JSON.stringify(text)}`,
      `Example: ${flag} asap,later`,
    );
  });
}
