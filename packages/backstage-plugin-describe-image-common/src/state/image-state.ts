import type { ImageReport } from '../wire/image-report.ts';
import { IMAGE_STATES, type ImageState } from '../wire/image-states.ts';

/** The fields of a report that decide its state. A row of {@link RepositoryTags} has only a risk and is therefore never `clean`. @public */
export type StatedImage = Partial<Pick<ImageReport, 'drift' | 'risk' | 'failure' | 'liveCheck'>>;

/**
 * Returns the worst state of an image. With time, a state changes only from `clean` to `not-verified`, at `liveCheck.validUntil`.
 *
 * @param now - Epoch milliseconds.
 *
 * @example
 * ```ts
 * import { imageState } from '@describe-image/backstage-plugin-describe-image-common';
 *
 * const scan = { risk: { state: 'clean', reason: 'the scan found no risks' } } as const;
 * console.log(imageState(scan, Date.now())); // not-verified: there is no live check
 * ```
 *
 * @public
 */
export function imageState(image: StatedImage, now: number): ImageState {
  const { drift, risk, failure, liveCheck } = image;
  if (drift === 'drift') return 'drift';
  if (risk?.state === 'risky') return 'risky';
  if (liveCheck?.result === 'no-digest' || failure?.kind === 'not-found') return 'missing';
  if (failure !== undefined) return 'unreadable';
  if (risk === undefined) return 'not-verified';
  if (risk.state === 'clean') return isVerified(image, now) ? 'clean' : 'not-verified';
  return STATE_OF_SCAN[risk.state];
}

/**
 * Whether DescribeImage returned the digest of the tag not longer ago than the limit of the configuration.
 *
 * @param now - Epoch milliseconds.
 * @public
 */
export function isVerified({ liveCheck }: Pick<StatedImage, 'liveCheck'>, now: number): boolean {
  return (
    liveCheck?.result === 'answered' &&
    liveCheck.validUntil !== undefined &&
    Date.parse(liveCheck.validUntil) >= now
  );
}

/** Compares two states for sorting, worst first. @public */
export function compareImageStates(a: ImageState, b: ImageState): number {
  return IMAGE_STATES.indexOf(a) - IMAGE_STATES.indexOf(b);
}

const STATE_OF_SCAN = {
  unknown: 'not-scanned',
  scanning: 'scanning',
  failed: 'scan-failed',
  stale: 'scan-outdated',
} as const;
