import { NotFoundError, ServiceError, ValidationError } from '../errors/errors.ts';
import { isObject } from '../protocol/is-object.ts';
import type { Operation } from '../protocol/operation.ts';
import { type ImageDigest, normalizeDigest } from './image-digest.ts';
import { inputFields, readOperation } from './security-center.ts';

/**
 * The four ids of an image. They are opaque: `cri-`/`crr-` ids are Container Registry's, other registries have others.
 * All four stand in a row of the inventory (DescribeImageInstances).
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

/** @public */
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
          `${ACTION}: ${name} must be a non-empty string${value === '' ? '' : `, got ${typeof value}`}`,
        );
      }) as [string, string, string, string]; // one for each of the four FIELDS
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
      const raw = isObject(data) ? data['Digest'] : undefined;
      // Both levels are optional in the vendor's model: their absence is an answer, not a fault.
      if (raw === undefined || raw === null || raw === '')
        throw new NotFoundError(`${ACTION}: the service knows no digest for this image`, {
          requestId,
          status: 200,
        });
      const digest = normalizeDigest(raw);
      if (typeof raw !== 'string' || digest === undefined)
        throw new ServiceError(`${ACTION}: Data.Digest is not 64 hex digits`, { requestId, status: 200 });
      return { digest, rawDigest: raw };
    },
  });
