import type { DescribedImage, DigestSource, Image, LiveCheck, ResolvedImage } from '@describe-image/core';
import { pinReference } from '@describe-image/core/images';

/** The digest and its sources, for a reference or for four ids. */
export interface DigestAnswer {
  readonly digest: string;
  readonly source: 'DescribeImage' | 'DescribeImageInstances';
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  readonly endpoint: string;
  /** As typed. Absent for a lookup by ids. */
  readonly reference: string | undefined;
  /** The reference without tag and digest, as typed. */
  readonly repository: string | undefined;
  readonly tag: string | undefined;
  /** The pinned reference, with the registry of the inventory row if the reference has none. Absent for a lookup by ids. */
  readonly pinned: string | undefined;
  readonly ids: {
    readonly imageRegionId: string | undefined;
    readonly imageInstanceId: string | undefined;
    readonly imageRepoId: string | undefined;
  };
  readonly sources: readonly DigestSource[];
  readonly sourcesAgree: boolean | undefined;
  readonly state: ResolvedImage['state'];
  readonly liveCheck: LiveCheck;
  /** The inventory row. Absent for a lookup by ids, which does not read the inventory. */
  readonly image: Image | undefined;
}

/** The answer of a lookup by ids. */
export function fromDescribed(described: DescribedImage): DigestAnswer {
  const { digest, source, observedAt, requestId, imageTag: tag } = described;
  const { imageRegionId, imageInstanceId, imageRepoId } = described;
  return answerOf(described, {
    tag,
    ids: { imageRegionId, imageInstanceId, imageRepoId },
    sources: [{ source, digest, observedAt, requestId }],
    state: 'live',
    liveCheck: 'answered',
  });
}

/** The answer of a lookup by reference. */
export function fromResolved(reference: string, resolved: ResolvedImage): DigestAnswer {
  const { digest, image, sources, sourcesAgree, state, liveCheck } = resolved;
  const { registry, namespace, repository, tag } = resolved.reference;
  return answerOf(resolved, {
    reference,
    repository: [registry?.host, namespace, repository].filter((part) => part).join('/'),
    tag,
    pinned: pinReference({ reference: resolved.reference, image }, digest),
    ids: { imageRegionId: image.regionId, imageInstanceId: image.instanceId, imageRepoId: image.repoId },
    sources,
    sourcesAgree,
    state,
    liveCheck,
    image,
  });
}

type Answered = Pick<DigestAnswer, 'digest' | 'source' | 'observedAt' | 'requestId' | 'endpoint'>;
type Found = Pick<DigestAnswer, 'ids' | 'sources' | 'state' | 'liveCheck'> & Partial<DigestAnswer>;

function answerOf({ digest, source, observedAt, requestId, endpoint }: Answered, found: Found): DigestAnswer {
  return {
    digest,
    source,
    observedAt,
    requestId,
    endpoint,
    reference: undefined,
    repository: undefined,
    tag: undefined,
    pinned: undefined,
    sourcesAgree: undefined,
    image: undefined,
    ...found,
  };
}
