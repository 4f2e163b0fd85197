import type {
  DeclaredImage,
  ImageFailure,
  ImageReport,
  ImageRisk,
  Observation,
} from '@describe-image/backstage-plugin-describe-image-common';
import { assessRiskOfDigest } from '@describe-image/core/images';
import { normalizeDigest } from '@describe-image/core/protocol';
import type { Instance } from '../clients/instance.ts';
import { imageId } from '../history/image-id.ts';
import type { AskedImage } from './ask-image.ts';
import { failureToTell } from './failure-to-tell.ts';
import type { KnownImage, KnownSource } from './known-image.ts';
import { nameImage } from './name-image.ts';
import { rowOf } from './row-of.ts';

/** Words what is known of an image for one entity that declares it. */
export function reportImage(
  { name, consoleUrl }: Pick<Instance, 'name' | 'consoleUrl'>,
  declared: DeclaredImage,
  { known, fromCache }: AskedImage,
  failure: ImageFailure | undefined = failureToTell(known),
): ImageReport {
  const row = rowOf(known.inventory);
  const { repository, tag } = nameImage(declared, row);
  const scanned = observationOf('DescribeImageInstances', known.inventory);
  const live = known.live && observationOf('DescribeImage', known.live);
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
    ...(live && { live }),
    ...(scanned && { scanned }),
    drift: driftOf([declared.declaredDigest, scanned?.digest, live?.digest]),
    ...(risk && { risk }),
    ...(digest !== undefined && { pinned: `${repository}${tag === undefined ? '' : `:${tag}`}@${digest}` }),
    ...(consoleUrl !== undefined && { consoleUrl }),
    ...(known.lastMove && { lastMove: known.lastMove }),
    ...(failure && { failure }),
    fromCache,
  };
}

/** The report on an image of which nothing is known. */
export function reportUnknown(
  instance: Pick<Instance, 'name' | 'consoleUrl'>,
  declared: DeclaredImage,
  failure?: ImageFailure,
): ImageReport {
  const known: KnownImage = { version: 1, askedAt: 0, inventory: { expiresAt: 0, absent: false } };
  return reportImage(instance, declared, { known, fromCache: false }, failure);
}

function observationOf(
  source: Observation['source'],
  { absent, answer, failure }: KnownSource,
): Observation | undefined {
  const { digest, observedAt, requestId } = answer ?? {};
  // Where the source now says that there is none, what it said before is no answer.
  if (digest === undefined || observedAt === undefined || (absent && failure !== undefined)) return undefined;
  return { digest, source, observedAt, ...(requestId !== undefined && { requestId }) };
}

function driftOf(digests: readonly (string | undefined)[]): ImageReport['drift'] {
  const known = digests.filter((digest) => digest !== undefined);
  if (known.length < 2) return 'unknown';
  return new Set(known).size === 1 ? 'agree' : 'drift';
}

function riskOf({ inventory }: KnownImage, live: Observation | undefined): ImageRisk | undefined {
  if (inventory.absent) return { state: 'unknown', reason: 'the image is not in the inventory' };
  const row = rowOf(inventory);
  return row && riskOfRow(row, normalizeDigest(live?.digest) ?? row.digest);
}

/** A row's risk as it goes over the wire. */
export function riskOfRow(
  row: Parameters<typeof assessRiskOfDigest>[0],
  digest: Parameters<typeof assessRiskOfDigest>[1],
): ImageRisk {
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

/** A negative count is none. */
function count(name: string, value: number | undefined): Readonly<Record<string, number>> {
  return value === undefined || value < 0 ? {} : { [name]: value };
}
