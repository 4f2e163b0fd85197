import type { LiveCheck } from '@describe-image/core';
import type { DigestAnswer } from '../commands/digest-answer.ts';

export interface DigestNote {
  readonly kind: 'warning' | 'note';
  readonly text: string;
}

/** What a digest alone would hide: sources that disagree, and an answer that is only the inventory's. */
export function digestNotes({
  sources,
  sourcesAgree,
  source,
  liveCheck,
}: DigestAnswer): readonly DigestNote[] {
  const notes: DigestNote[] = [];
  if (sourcesAgree === false) {
    const statements = sources.map((statement) => `\n  ${statement.source}: ${statement.digest}`);
    notes.push({
      kind: 'warning',
      text: `the sources disagree; ${source}'s digest is given:${statements.join('')}`,
    });
  }
  const reason = LIVE_CHECKS[liveCheck];
  if (reason !== undefined)
    notes.push({ kind: 'note', text: `the digest is what the inventory last knew: ${reason}` });
  return notes;
}

const LIVE_CHECKS: Readonly<Record<LiveCheck, string | undefined>> = {
  answered: undefined,
  'no-digest': 'DescribeImage has none for this image',
  'ids-not-of-container-registry': 'DescribeImage takes ids of Container Registry alone',
  'reference-names-no-tag': 'the reference names no tag to ask DescribeImage for',
};
