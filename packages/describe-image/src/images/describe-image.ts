import { type DescribeImageInput, describeImageOperation } from '../operations/describe-image.ts';
import type { ImageDigest } from '../operations/image-digest.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';

/** The digest of a tag, and where and when it was learnt. @public */
export interface DescribedImage extends DescribeImageInput {
  /** `sha256:` and 64 hex digits. Whether of an index or of one platform, this API does not say. */
  readonly digest: ImageDigest;
  /** The digest as the service wrote it. */
  readonly rawDigest: string;
  readonly source: 'DescribeImage';
  /** When the answer arrived, by the local clock. */
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests that it took. */
  readonly attempts: number;
}

/** @throws NotFoundError when the service knows no digest; and whatever `call` throws. */
export function describeImage(
  call: Call,
  input: DescribeImageInput,
  options?: CallOptions,
): Promise<DescribedImage> {
  // Not awaited: ten thousand of these may wait for their turn, and a closure is smaller than a suspended function.
  return call(describeImageOperation, input, options).then(
    ({ output, requestId, observedAt, endpoint, attempts }) => {
      const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = input;
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
    },
  );
}
