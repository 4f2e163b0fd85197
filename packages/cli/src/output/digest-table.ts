import type { DigestAnswer } from '../commands/digest-answer.ts';
import { printable } from './printable.ts';

/** One fact a line. Nothing is wrapped: digests are copied. */
export function digestTable(answer: DigestAnswer): string {
  const { imageRegionId, imageInstanceId, imageRepoId } = answer.ids;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['REFERENCE', answer.reference],
    ['REGION', imageRegionId],
    ['INSTANCE', imageInstanceId],
    ['REPOSITORY', imageRepoId],
    ['TAG', answer.tag],
    ['DIGEST', answer.digest],
    ['SOURCE', answer.source],
    ['AGREE', answer.sourcesAgree === undefined ? undefined : answer.sourcesAgree ? 'yes' : 'no'],
    ['OBSERVED', answer.observedAt.toISOString()],
    ['REQUEST ID', answer.requestId],
  ];
  return facts
    .filter((fact): fact is readonly [string, string] => fact[1] !== undefined)
    .map(([title, value]) => `${title.padEnd(12)}${printable(value)}\n`)
    .join('');
}
