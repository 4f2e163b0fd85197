import { LIVE_CHECK_REASONS } from '@describe-image/core/images';
import type { DigestAnswer } from '../commands/digest-answer.ts';
import type { DIGEST_OUTPUTS } from '../commands/output-formats.ts';
import { type Envelope, envelope, imageJson, jsonDocument, jsonLine } from './json.ts';
import { printable } from './terminal.ts';

/** The digest in one of the output formats. */
export function renderDigest(answer: DigestAnswer, output: (typeof DIGEST_OUTPUTS)[number]): string {
  switch (output) {
    case 'digest':
      return `${answer.digest}\n`;
    case 'ref':
      return `${answer.pinned}\n`;
    case 'json':
      return jsonDocument(digestDocument(answer));
    case 'ndjson':
      return jsonLine({ ...digestDocument(answer), error: undefined });
    case 'table':
      return digestTable(answer);
  }
}

/** The JSON document: the envelope, the request, and the digest of each source. */
export function digestDocument(answer: DigestAnswer): Envelope & Readonly<Record<string, unknown>> {
  const { digest, reference, repository, tag, ids, sourcesAgree, state, liveCheck, image } = answer;
  const sources = answer.sources.map(({ source, digest, observedAt, requestId }) => ({
    source,
    digest,
    observedAt,
    requestId,
  }));
  return {
    ...envelope(answer),
    digest,
    reference,
    repository,
    tag,
    ...ids,
    sources,
    sourcesAgree,
    state,
    liveCheck,
    image: image === undefined ? undefined : imageJson(image),
  };
}

/** One line per field. Lines are not wrapped, so that digests can be copied. */
function digestTable(answer: DigestAnswer): string {
  const { imageRegionId, imageInstanceId, imageRepoId } = answer.ids;
  const fields: readonly (readonly [string, string | undefined])[] = [
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
  return fields
    .filter((field): field is readonly [string, string] => field[1] !== undefined)
    .map(([title, value]) => `${title.padEnd(12)}${printable(value)}\n`)
    .join('');
}

export interface DigestNote {
  readonly kind: 'warning' | 'note';
  readonly text: string;
}

/** What the digest alone does not show: sources that disagree, and a digest that only the inventory has. */
export function digestNotes({
  sources,
  sourcesAgree,
  source,
  liveCheck,
}: DigestAnswer): readonly DigestNote[] {
  const notes: DigestNote[] = [];
  if (sourcesAgree === false) {
    const lines = sources.map(({ source, digest }) => `\n  ${source}: ${digest}`);
    notes.push({
      kind: 'warning',
      text: `the sources disagree; printed is the digest from ${source}:${lines.join('')}`,
    });
  }
  if (liveCheck !== 'answered')
    notes.push({
      kind: 'note',
      text: `the digest is the last one in the inventory: ${LIVE_CHECK_REASONS[liveCheck]}`,
    });
  return notes;
}
