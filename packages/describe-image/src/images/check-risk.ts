import { DescribeImageError } from '../errors/errors.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import type { Image } from '../operations/image.ts';
import type { ImageDigest } from '../operations/image-digest.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import type { RiskAssessment } from './assess-risk.ts';
import { assessRiskOfDigest } from './assess-risk-of-digest.ts';
import { describeImage } from './describe-image.ts';
import { findImage } from './find-image.ts';
import { resolveImage } from './resolve-image.ts';

/** What the inventory says of an image's safety, held against what the tag points to now. @public */
export interface CheckedRisk extends RiskAssessment {
  /** What the tag points to; absent where neither source says. */
  readonly digest: ImageDigest | undefined;
  /** What the scan looked at. */
  readonly scannedDigest: ImageDigest | undefined;
  readonly image: Image;
  readonly requestId: string | undefined;
  /** When the inventory or DescribeImage answered last, by the local clock. */
  readonly observedAt: Date;
}

/**
 * The risk of a reference, or of four ids. A verdict about a digest that the tag has left is `stale`.
 *
 * @throws NotFoundError when the inventory has no such image; and whatever {@link resolveImage} throws.
 * @public
 */
export async function checkRisk(
  call: Call,
  target: string | DescribeImageInput,
  options: CallOptions = {},
): Promise<CheckedRisk> {
  const { image, digest, requestId, observedAt } =
    typeof target === 'string'
      ? await resolveImage(call, target, options)
      : await lookUp(call, target, options);
  return {
    ...assessRiskOfDigest(image, digest),
    digest,
    scannedDigest: image.digest,
    image,
    requestId,
    observedAt,
  };
}

async function lookUp(
  call: Call,
  ids: DescribeImageInput,
  options: CallOptions,
): Promise<Pick<CheckedRisk, 'image' | 'digest' | 'requestId' | 'observedAt'>> {
  const { image, listing } = await findImage(call, ids, options);
  try {
    const { digest, requestId, observedAt } = await describeImage(call, ids, options);
    return { image, digest, requestId, observedAt };
  } catch (error) {
    // The inventory's answer stands, as for a reference.
    if (!(DescribeImageError.isInstance(error) && error.code === 'NotFound')) throw error;
    return {
      image,
      digest: image.digest,
      requestId: listing.requestIds.at(-1),
      observedAt: listing.observedAt,
    };
  }
}
