import {
  type DeclaredImage,
  type ImageDeclaration,
  type ImageFailure,
  type ImageLiveCheck,
  type ImageReport,
  type ImageRisk,
  imageState,
  type Observation as WireObservation,
} from '@describe-image/backstage-plugin-describe-image-common';
import {
  assessRiskOfStatus,
  describableIds,
  digestStatus,
  type ImageReference,
  type LiveGap,
  parseImageReference,
  pinReference,
  repositoryName,
} from '@describe-image/core/images';
import { DescribeImageError, type Image } from '@describe-image/core/protocol';
import { deadlineAfter } from '../deadline.ts';
import type { Instance, Instances } from '../instances/open-instances.ts';
import { imageId } from '../store/image-identity.ts';
import type { Observation } from '../store/observation.ts';
import { wireRisk } from '../store/wire-risk.ts';
import { missedDeadline, reportedFailure, unknownInstance } from './failures.ts';
import { type KnownImage, UNKNOWN_IMAGE } from './known-images.ts';
import type { LookedUpImage, LookUpImage } from './look-up-image.ts';

/** What decides whether an image is verified. */
export interface VerificationLimit {
  readonly now: () => number;
  /** A live check that is older than this does not verify an image. */
  readonly liveCheckMaxAgeMs: number;
}

/** Looks up and reports the images that an entity declares, in that order. A failure affects only its own image. */
export async function reportImages(
  {
    instances,
    lookUpImage,
    pageDeadlineMs,
    ...limit
  }: VerificationLimit & {
    readonly instances: Instances;
    readonly lookUpImage: LookUpImage;
    /** After this time, images that were not looked up have their last known state and a failure. */
    readonly pageDeadlineMs: number;
  },
  declaration: ImageDeclaration,
  { refresh, images = declaration.images }: { refresh: boolean; images?: readonly DeclaredImage[] },
): Promise<readonly ImageReport[]> {
  const instance = instances.find(declaration.instance);
  if (instance === undefined) return images.map((image) => reportWithoutInstance(declaration, image, limit));
  const deadline = deadlineAfter(pageDeadlineMs);
  try {
    return await Promise.all(
      images.map(async (image) => {
        const found = await lookUpImage(instance, image, { refresh, deadline: deadline.passed });
        const failure = found.missedDeadline
          ? missedDeadline(instance.name, pageDeadlineMs, new Date(limit.now()))
          : undefined;
        return reportImage(instance, image, found, limit, failure);
      }),
    );
  } finally {
    deadline.clear();
  }
}

/** Builds the report on a declared image. */
export function reportImage(
  { name, consoleUrl }: Pick<Instance, 'name' | 'consoleUrl'>,
  declared: DeclaredImage,
  { known, fromCache }: LookedUpImage,
  limit: VerificationLimit,
  failure: ImageFailure | undefined = reportedFailure(known),
): ImageReport {
  const row = known.inventory.observation?.row;
  const { reference, repository, tag } = nameImage(declared, row);
  const inventory = known.inventory.absent ? undefined : known.inventory.observation;
  const status = digestStatus({
    live: known.live?.observation ?? liveGap(row, failure),
    inventory,
    image: inventory?.row,
  });
  const scanned = wireObservation(inventory);
  const live = wireObservation(known.live?.observation);
  const risk = known.inventory.absent
    ? NOT_IN_INVENTORY
    : row && wireRisk(row, assessRiskOfStatus(row, status));
  const drift = driftOf([declared.declaredDigest, scanned?.digest, live?.digest]);
  const liveCheck =
    known.lookedUpAt === UNKNOWN_IMAGE.lookedUpAt ? undefined : wireLiveCheck(known.live, row, limit);
  const pinned = status.digest && pinReference({ reference, image: row }, status.digest);
  return {
    id: imageId({ instance: name, key: declared.key }),
    key: declared.key,
    ...(declared.label !== undefined && { label: declared.label }),
    instance: name,
    repository,
    ...(tag !== undefined && { tag }),
    state: imageState({ drift, risk, failure, liveCheck }, limit.now()),
    ...(declared.declaredDigest !== undefined && { declared: declared.declaredDigest }),
    ...(live && { live }),
    ...(liveCheck && { liveCheck, scanIsCurrent: status.scanned }),
    ...(scanned && { scanned }),
    drift,
    ...(risk && { risk }),
    ...(pinned !== undefined && { pinned }),
    ...(consoleUrl !== undefined && { consoleUrl }),
    ...(known.lastMove && { lastMove: known.lastMove }),
    ...(failure && { failure }),
    fromCache,
  };
}

/** Builds the report on an image that was never looked up. */
export function reportUnknown(
  instance: Pick<Instance, 'name' | 'consoleUrl'>,
  declared: DeclaredImage,
  limit: VerificationLimit,
  failure?: ImageFailure,
): ImageReport {
  return reportImage(instance, declared, { known: UNKNOWN_IMAGE, fromCache: false }, limit, failure);
}

/** Builds the report on an image whose instance is not configured. */
export function reportWithoutInstance(
  { instance }: Pick<ImageDeclaration, 'instance'>,
  declared: DeclaredImage,
  limit: VerificationLimit,
): ImageReport {
  return reportUnknown(
    { name: instance ?? '', consoleUrl: undefined },
    declared,
    limit,
    unknownInstance(instance, new Date(limit.now())),
  );
}

const NOT_IN_INVENTORY: ImageRisk = { state: 'unknown', reason: 'the image is not in the inventory' };

/** Names a declared image. Parts that the reference lacks, and the names for ids, are from the inventory's row. */
export function nameImage(
  { key, target }: Pick<DeclaredImage, 'key' | 'target'>,
  row: Image | undefined,
): { readonly reference?: ImageReference; readonly repository: string; readonly tag?: string | undefined } {
  if (typeof target !== 'string') {
    const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = target;
    const ids = `${imageRegionId}/${imageInstanceId}/${imageRepoId}`;
    return { repository: repositoryName(undefined, row) ?? ids, tag: imageTag };
  }
  try {
    const reference = parseImageReference(target);
    return { reference, repository: repositoryName(reference, row) ?? key, tag: reference.tag };
  } catch (error) {
    if (!DescribeImageError.isInstance(error)) throw error;
    return { repository: key };
  }
}

/** Why there is no observation by DescribeImage. */
function liveGap(row: Image | undefined, failure: ImageFailure | undefined): LiveGap {
  if (row !== undefined && describableIds(row) === undefined) return 'ids-not-of-container-registry';
  return failure === undefined ? 'not-asked' : 'failed';
}

/** An answer without a digest is a live check, too. */
function wireLiveCheck(
  live: KnownImage['live'],
  row: Image | undefined,
  { liveCheckMaxAgeMs }: VerificationLimit,
): ImageLiveCheck {
  const { failure, observation } = live ?? {};
  const { liveCheck } = digestStatus({ live: failure ? 'failed' : (observation ?? liveGap(row, undefined)) });
  const checkedAt = observation?.observedAt;
  const validUntil = checkedAt && new Date(checkedAt.getTime() + liveCheckMaxAgeMs);
  return {
    result: liveCheck,
    ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
    ...(validUntil && { validUntil: validUntil.toISOString() }),
  };
}

/** Returns `undefined` for an observation without a digest. */
function wireObservation(observation: Observation | undefined): WireObservation | undefined {
  if (observation?.digest === undefined) return undefined;
  const { digest, source, observedAt, requestId } = observation;
  return {
    digest,
    source,
    observedAt: observedAt.toISOString(),
    ...(requestId !== undefined && { requestId }),
  };
}

function driftOf(digests: readonly (string | undefined)[]): ImageReport['drift'] {
  const known = digests.filter((digest) => digest !== undefined);
  if (known.length < 2) return 'unknown';
  return new Set(known).size === 1 ? 'agree' : 'drift';
}
