import type {
  DeclaredImage,
  ImageDeclaration,
  ImageFailure,
  ImageReport,
  ImageRisk,
  Observation as WireObservation,
} from '@describe-image/backstage-plugin-describe-image-common';
import { assessRiskOfDigest } from '@describe-image/core/images';
import type { Image, ImageDigest } from '@describe-image/core/protocol';
import type { Instance, Instances } from '../instances/open-instances.ts';
import { imageId } from '../store/image-identity.ts';
import type { Observation } from '../store/observation.ts';
import { reportedFailure, unknownInstance } from './failures.ts';
import type { KnownImage, KnownSource } from './known-images.ts';
import type { LookedUpImage, LookUpImage } from './look-up-image.ts';
import { nameImage } from './name-image.ts';

/** Looks up and reports the images that an entity declares, in that order. A failure affects only its own image. */
export async function reportImages(
  { instances, lookUpImage, now }: { instances: Instances; lookUpImage: LookUpImage; now: () => number },
  declaration: ImageDeclaration,
  { refresh, images = declaration.images }: { refresh: boolean; images?: readonly DeclaredImage[] },
): Promise<readonly ImageReport[]> {
  const instance = instances.find(declaration.instance);
  if (instance === undefined)
    return images.map((image) => reportWithoutInstance(declaration, image, new Date(now())));
  return Promise.all(
    images.map(async (image) =>
      reportImage(instance, image, await lookUpImage(instance, image, { refresh })),
    ),
  );
}

/** Builds the report on a declared image. */
export function reportImage(
  { name, consoleUrl }: Pick<Instance, 'name' | 'consoleUrl'>,
  declared: DeclaredImage,
  { known, fromCache }: LookedUpImage,
  failure: ImageFailure | undefined = reportedFailure(known),
): ImageReport {
  const { repository, tag } = nameImage(declared, known.inventory.observation?.row);
  const scanned = currentObservation(known.inventory);
  const live = known.live && currentObservation(known.live);
  const digest = (live ?? scanned)?.digest;
  const risk = riskOf(known, live);
  return {
    id: imageId({ instance: name, key: declared.key }),
    key: declared.key,
    ...(declared.label !== undefined && { label: declared.label }),
    instance: name,
    repository,
    ...(tag !== undefined && { tag }),
    ...(declared.declaredDigest !== undefined && { declared: declared.declaredDigest }),
    ...(live && { live: wireObservation(live) }),
    ...(scanned && { scanned: wireObservation(scanned) }),
    drift: driftOf([declared.declaredDigest, scanned?.digest, live?.digest]),
    ...(risk && { risk }),
    ...(digest !== undefined && { pinned: `${repository}${tag === undefined ? '' : `:${tag}`}@${digest}` }),
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
  failure?: ImageFailure,
): ImageReport {
  const known: KnownImage = { version: 1, lookedUpAt: 0, inventory: { expiresAt: 0, absent: false } };
  return reportImage(instance, declared, { known, fromCache: false }, failure);
}

/** Builds the report on an image whose instance is not configured. */
export function reportWithoutInstance(
  { instance }: Pick<ImageDeclaration, 'instance'>,
  declared: DeclaredImage,
  now: Date,
): ImageReport {
  return reportUnknown(
    { name: instance ?? '', consoleUrl: undefined },
    declared,
    unknownInstance(instance, now),
  );
}

type ObservationWithDigest = Observation & { readonly digest: ImageDigest };

/** The observation with a digest, unless the source has since responded that there is none. */
function currentObservation({
  absent,
  observation,
  failure,
}: KnownSource): ObservationWithDigest | undefined {
  if (observation?.digest === undefined || (absent && failure !== undefined)) return undefined;
  return { ...observation, digest: observation.digest };
}

function wireObservation({ digest, source, observedAt, requestId }: ObservationWithDigest): WireObservation {
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

function riskOf({ inventory }: KnownImage, live: ObservationWithDigest | undefined): ImageRisk | undefined {
  if (inventory.absent) return { state: 'unknown', reason: 'the image is not in the inventory' };
  const row = inventory.observation?.row;
  return row && riskOfRow(row, live?.digest ?? row.digest);
}

/** The risk of a row, given the digest that the tag points to. */
export function riskOfRow(row: Image, digest: ImageDigest | undefined): ImageRisk {
  const { state, reason, vulnerabilities, alerts, baselineRisks, lastScanTime } = assessRiskOfDigest(
    row,
    digest,
  );
  return {
    state,
    reason,
    ...count('vulnerabilities', vulnerabilities),
    ...count('alerts', alerts),
    ...count('baselineRisks', baselineRisks),
    ...(lastScanTime && { lastScanTime: lastScanTime.toISOString() }),
    ...(row.digest !== undefined && { scannedDigest: row.digest }),
  };
}

/** Omits unknown and negative counts. */
function count(name: string, value: number | undefined): Readonly<Record<string, number>> {
  return value === undefined || value < 0 ? {} : { [name]: value };
}
