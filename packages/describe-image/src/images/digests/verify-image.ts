import { NotFoundError, ValidationError } from '../../errors/errors.ts';
import type { DescribeImageInput } from '../../operations/describe-image.ts';
import type { Image } from '../../operations/image.ts';
import { type ImageDigest, requireDigest } from '../../operations/image-digest.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import type { CandidateHints } from '../inventory/select-candidates.ts';
import { parseImageReference } from '../references/image-reference.ts';
import {
  type DigestDemands,
  type DigestState,
  type DigestStatus,
  digestStatus,
  type LiveCheck,
  requireDemands,
} from './digest-status.ts';
import { type ObservedImage, observeImage } from './observe-image.ts';

/** The result of comparing a tag with an expected digest. @public */
export interface Verification {
  /** `missing`: the service has no such image, or no digest for the tag. */
  readonly outcome: 'match' | 'drift' | 'missing';
  readonly expected: ImageDigest;
  /** The digest of the tag; absent if missing. */
  readonly actual: ImageDigest | undefined;
  /** Whether the actual digest is live or only last known. */
  readonly state: DigestState;
  readonly liveCheck: LiveCheck;
  /** Whether a scan of exactly the actual digest has finished. `undefined` if the inventory was not asked. */
  readonly scanned: boolean | undefined;
  /** The inventory's digest, if DescribeImage did not return one. It is not compared if the outcome is `missing`. */
  readonly lastKnown: DigestStatus['lastKnown'];
  /** The inventory row; absent if the inventory was not asked or has none. */
  readonly image: Image | undefined;
  /** The source of the actual digest. */
  readonly source: 'DescribeImage' | 'DescribeImageInstances' | undefined;
  readonly observedAt: Date | undefined;
  readonly requestId: string | undefined;
}

/** How to verify. @public */
export interface VerifyImageOptions extends CallOptions, CandidateHints, DigestDemands {}

/**
 * Whether a tag still has the expected digest. Four ids cost one request to DescribeImage; the inventory is asked for a reference,
 * for ids of other registries, and if `requireScanned` is set.
 *
 * @param expected - With or without `sha256:`. Optional for a reference with a digest after `@`.
 * @throws ValidationError if there is no expected digest, or two different ones.
 * @throws AmbiguousError if rows of several repositories match.
 * @throws UnverifiedError if there is a digest that does not meet `requireLive` or `requireScanned`; and whatever `call` throws,
 * except NotFoundError, which is the outcome `missing`.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { verifyImage } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { outcome } = await verifyImage(client.call, 'shop/api:1.8.0', `sha256:${'0'.repeat(64)}`);
 * ```
 *
 * @public
 */
export async function verifyImage(
  call: Call,
  target: string | DescribeImageInput,
  expected?: string,
  verifyOptions: VerifyImageOptions = {},
): Promise<Verification> {
  const options = { ...verifyOptions };
  const wanted = expectedDigest(target, expected);
  const name = typeof target === 'string' ? target : `${target.imageRepoId}:${target.imageTag}`;
  const inventory = options.requireScanned ? 'optional' : 'skip';
  try {
    const observed = await observeImage(call, target, { ...options, inventory });
    const status = digestStatus(observed);
    if (status.digest !== undefined) requireDemands(name, status, options, observed);
    return verification(wanted, status, observed);
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    return verification(wanted, digestStatus({ live: 'not-asked' }), error);
  }
}

function verification(
  expected: ImageDigest,
  { digest, state, liveCheck, scanned, lastKnown, observation }: DigestStatus,
  { inventory, image, requestId }: Partial<Pick<ObservedImage, 'inventory' | 'image' | 'requestId'>>,
): Verification {
  return {
    outcome: digest === undefined ? 'missing' : digest === expected ? 'match' : 'drift',
    expected,
    actual: digest,
    state,
    liveCheck,
    scanned: inventory && scanned,
    lastKnown,
    image,
    source: observation?.source,
    observedAt: observation?.observedAt,
    requestId: observation?.requestId ?? requestId,
  };
}

function expectedDigest(target: string | DescribeImageInput, expected: string | undefined): ImageDigest {
  const carried = typeof target === 'string' ? parseImageReference(target).digest : undefined;
  const given = expected === undefined ? undefined : requireDigest('expected digest', expected);
  const wanted = given ?? carried;
  if (wanted === undefined)
    throw new ValidationError('expected digest: must be given, or follow @ in the reference, got none');
  if (carried !== undefined && carried !== wanted)
    throw new ValidationError(
      `expected digest: must be the same as in the reference, got ${wanted} and ${carried}`,
    );
  return wanted;
}
