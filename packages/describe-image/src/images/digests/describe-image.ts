import {
  type DescribeImageInput,
  type DescribeImageOutput,
  describeImageOperation,
} from '../../operations/describe-image.ts';
import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import type { Answer, Call, CallOptions } from '../../protocol/operation.ts';

/** The digest of a tag, with its source and time. @public */
export interface DescribedImage extends DescribeImageInput {
  /** `sha256:` and 64 hex digits. The API does not show whether it is the digest of an index or of one platform. */
  readonly digest: ImageDigest;
  /** The digest as the service wrote it. */
  readonly rawDigest: string;
  readonly source: 'DescribeImage';
  /** When the answer arrived, by the local clock. */
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent. */
  readonly attempts: number;
}

/**
 * The digest of a tag, by the four ids of the image.
 *
 * @throws NotFoundError if the service has no digest for the tag; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { describeImage } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const ids = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.8.0' };
 * const { digest } = await describeImage(client.call, ids);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimage | DescribeImage}
 * @public
 */
export function describeImage(
  call: Call,
  input: DescribeImageInput,
  options?: CallOptions,
): Promise<DescribedImage> {
  // Copied, because the caller may change the object during the call. An input that is no object is rejected by `call`.
  const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = { ...input };
  const ids = { imageRegionId, imageInstanceId, imageRepoId, imageTag };
  return call(describeImageOperation, ids, options).then((answer) => describedImage(answer, ids));
}

/** The result of {@link describeImage}. */
export function describedImage(
  { output, requestId, observedAt, endpoint, attempts }: Answer<DescribeImageOutput>,
  { imageRegionId, imageInstanceId, imageRepoId, imageTag }: DescribeImageInput,
): DescribedImage {
  return {
    digest: output.digest,
    rawDigest: output.rawDigest,
    source: 'DescribeImage',
    observedAt,
    requestId,
    endpoint,
    attempts,
    imageRegionId,
    imageInstanceId,
    imageRepoId,
    imageTag,
  };
}

/**
 * The ids by which DescribeImage can be asked for an inventory row: `cri-` and `crr-` ids of Container Registry.
 *
 * @returns `undefined` for rows of other registries, whose ids DescribeImage is not documented to accept.
 *
 * @example
 * ```ts
 * import { describableIds } from '@describe-image/core/images';
 * import type { Image } from '@describe-image/core/protocol';
 *
 * export const isDescribable = (image: Image): boolean => describableIds(image) !== undefined;
 * ```
 *
 * @public
 */
export function describableIds(
  image: Pick<Image, 'regionId' | 'instanceId' | 'repoId' | 'tag'>,
): DescribeImageInput | undefined {
  const { regionId, instanceId, repoId, tag } = image;
  if (!regionId || !tag || !instanceId?.startsWith('cri-') || !repoId?.startsWith('crr-')) return undefined;
  return { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId, imageTag: tag };
}
