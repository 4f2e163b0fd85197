import { DescribeImageError, ValidationError } from '../errors/errors.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import { type ImageDigest, normalizeDigest } from '../operations/image-digest.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { describeImage } from './describe-image.ts';
import { parseImageReference } from './image-reference.ts';
import { resolveImage } from './resolve-image.ts';

/** An expectation held against the service's answer. @public */
export interface Verification {
  /** `missing`: the service knows no such image, or no digest of it. */
  readonly outcome: 'match' | 'drift' | 'missing';
  readonly expected: ImageDigest;
  /** Absent when missing. */
  readonly actual: ImageDigest | undefined;
  /** Where the actual digest is from. */
  readonly source: 'DescribeImage' | 'DescribeImageInstances' | undefined;
  readonly observedAt: Date | undefined;
  readonly requestId: string | undefined;
}

/**
 * Whether a tag still points to the digest that is expected.
 *
 * @param expected - With or without `sha256:`. May be left out for a reference that carries its digest after `@`.
 * @throws ValidationError when there is no expected digest, or two that differ.
 * @throws whatever {@link resolveImage} and {@link describeImage} throw, but for NotFoundError: that is an outcome.
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
  options: CallOptions = {},
): Promise<Verification> {
  const wanted = expectedDigest(target, expected);
  try {
    const { digest, source, observedAt, requestId } =
      typeof target === 'string'
        ? await resolveImage(call, target, options)
        : await describeImage(call, target, options);
    const outcome = digest === wanted ? 'match' : 'drift';
    return { outcome, expected: wanted, actual: digest, source, observedAt, requestId };
  } catch (error) {
    if (!(DescribeImageError.isInstance(error) && error.code === 'NotFound')) throw error;
    const { requestId } = error;
    return {
      outcome: 'missing',
      expected: wanted,
      actual: undefined,
      source: undefined,
      observedAt: undefined,
      requestId,
    };
  }
}

function expectedDigest(target: string | DescribeImageInput, expected: string | undefined): ImageDigest {
  const carried = typeof target === 'string' ? parseImageReference(target).digest : undefined;
  const given = normalizeDigest(expected);
  if (expected !== undefined && given === undefined)
    throw new ValidationError('expected digest: wanted 64 hex digits, with or without sha256: before them');
  const wanted = given ?? carried;
  if (wanted === undefined)
    throw new ValidationError(
      'expected digest: wanted 64 hex digits, or a reference that ends in @sha256: and them',
    );
  if (carried !== undefined && carried !== wanted)
    throw new ValidationError('expected digest: the reference carries another digest after its @');
  return wanted;
}
