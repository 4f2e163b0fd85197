import type { DigestAnswer } from '../commands/digest-answer.ts';
import { type Envelope, envelope } from './envelope.ts';
import { imageJson } from './image-json.ts';

/** A digest for JSON: the envelope, then what was asked, then who says what. */
export function digestDocument(answer: DigestAnswer): Envelope & Readonly<Record<string, unknown>> {
  const { digest, reference, repository, tag, ids, sourcesAgree, liveCheck, image } = answer;
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
    liveCheck,
    image: image === undefined ? undefined : imageJson(image),
  };
}
