import { NotFoundError, ValidationError } from '../errors/errors.ts';
import { isObject } from '../protocol/is-object.ts';
import type { Operation } from '../protocol/operation.ts';
import { type ImageDigest, normalizeDigest } from './image-digest.ts';
import { inputFields, readOperation } from './read-operation.ts';
import { kindOf, unreadableAnswer } from './unreadable-answer.ts';

/**
 * The four ids of an image. They are opaque: Container Registry has `cri-` and `crr-` ids, other registries have others. The inventory
 * (DescribeImageInstances) contains all four.
 *
 * @public
 */
export interface DescribeImageInput {
  /** Region of the image's registry instance, for example `cn-hangzhou`. */
  readonly imageRegionId: string;
  /** Registry instance, for example `cri-hfs6gaawhyu6****`. */
  readonly imageInstanceId: string;
  /** Repository, for example `crr-7i88t7lx3fmf****`. */
  readonly imageRepoId: string;
  readonly imageTag: string;
}

/** The digest of a tag. @public */
export interface DescribeImageOutput {
  readonly digest: ImageDigest;
  /** The digest as the service wrote it. */
  readonly rawDigest: string;
}

const ACTION = 'DescribeImage';
const FIELDS = ['imageRegionId', 'imageInstanceId', 'imageRepoId', 'imageTag'] as const;

/**
 * The digest of one tag.
 *
 * @example
 * ```ts
 * import { createClient, describeImageOperation } from '@describe-image/core';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const ids = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.8.0' };
 * const { output } = await client.call(describeImageOperation, ids);
 * console.log(output.digest);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimage | DescribeImage}
 * @public
 */
export const describeImageOperation: Operation<DescribeImageInput, DescribeImageOutput> =
  /* @__PURE__ */ readOperation<DescribeImageInput, DescribeImageOutput>(ACTION, {
    parseInput(input) {
      const given = inputFields(ACTION, input);
      const [imageRegionId, imageInstanceId, imageRepoId, imageTag] = FIELDS.map((name) => {
        const value = given[name];
        if (typeof value === 'string' && value !== '') return value;
        throw new ValidationError(
          `${ACTION}: ${name} must be a non-empty string, got ${value === '' ? '""' : typeof value}`,
        );
      }) as [string, string, string, string]; // map returns one string per field
      return { imageRegionId, imageInstanceId, imageRepoId, imageTag };
    },

    toRequest: (input) => ({
      query: {
        ImageRegionId: input.imageRegionId,
        ImageInstanceId: input.imageInstanceId,
        ImageRepoId: input.imageRepoId,
        ImageTag: input.imageTag,
      },
    }),

    parseOutput(document, requestId) {
      const data = document['Data'];
      if (data !== undefined && data !== null && !isObject(data))
        throw unreadableAnswer(ACTION, `Data must be an object, got ${kindOf(data)}`, requestId);
      const raw = data?.['Digest'];
      // The vendor documents Data and Digest as optional: without them, the tag has no digest.
      if (raw === undefined || raw === null || raw === '')
        throw new NotFoundError(`${ACTION}: the service has no digest for this image`, {
          requestId,
          status: 200,
        });
      const digest = normalizeDigest(raw);
      if (typeof raw !== 'string' || digest === undefined)
        throw unreadableAnswer(ACTION, `Data.Digest must be 64 hex digits, got ${kindOf(raw)}`, requestId);
      return { digest, rawDigest: raw };
    },
  });
