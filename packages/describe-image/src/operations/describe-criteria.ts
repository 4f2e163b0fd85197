import { ServiceError, ValidationError } from '../errors/errors.ts';
import { isObject } from '../protocol/is-object.ts';
import type { Operation } from '../protocol/operation.ts';
import { text } from './read-field.ts';
import { inputFields, readOperation } from './security-center.ts';

/** @public */
export interface DescribeCriteriaInput {
  /** Fuzzy text: part of an image id, tag, repository, namespace, region, digest. */
  readonly value?: string | undefined;
}

/** A name that images can be searched by. */
export interface CriterionDescription {
  readonly name: string;
  /** `input` takes any text, `select` one of the values. */
  readonly type: string | undefined;
  readonly values: readonly string[];
}

/** @public */
export interface DescribeCriteriaOutput {
  readonly criteria: readonly CriterionDescription[];
}

/**
 * The criteria of DescribeImageInstances.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimagerepocriteria | DescribeImageRepoCriteria}
 * @public
 */
export const describeImageRepoCriteriaOperation: Operation<DescribeCriteriaInput, DescribeCriteriaOutput> =
  /* @__PURE__ */ criteriaOperation('DescribeImageRepoCriteria');

/**
 * The criteria of image searches, digest among them.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimagecriteria | DescribeImageCriteria}
 * @public
 */
export const describeImageCriteriaOperation: Operation<DescribeCriteriaInput, DescribeCriteriaOutput> =
  /* @__PURE__ */ criteriaOperation('DescribeImageCriteria');

function criteriaOperation(action: string): Operation<DescribeCriteriaInput, DescribeCriteriaOutput> {
  return readOperation<DescribeCriteriaInput, DescribeCriteriaOutput>(action, {
    parseInput(input) {
      const { value } = inputFields(action, input);
      if (value === undefined || typeof value === 'string') return { value };
      throw new ValidationError(`${action}: value must be text`);
    },

    toRequest: ({ value }) => ({ query: { Value: value } }),

    parseOutput({ CriteriaList: rows = [] }, requestId) {
      if (!Array.isArray(rows) || !rows.every(isObject))
        throw new ServiceError(`${action}: CriteriaList is not a list of objects`, {
          requestId,
          status: 200,
        });
      return {
        criteria: rows.map((row) => ({
          name: text(row['Name']) ?? '',
          type: text(row['Type']),
          values: text(row['Values'])?.split(',').filter(Boolean) ?? [],
        })),
      };
    },
  });
}
