import { ValidationError } from '../errors/errors.ts';
import type { Operation } from '../protocol/operation.ts';
import { objectList, text } from './read-field.ts';
import { inputFields, readOperation } from './read-operation.ts';
import { unreadableAnswer } from './unreadable-answer.ts';

/** A search for criteria. @public */
export interface DescribeCriteriaInput {
  /** Searched fuzzily: part of an image id, tag, repository, namespace, region or digest. */
  readonly value?: string | undefined;
}

/** A criterion by which images can be searched. @public */
export interface CriterionDescription {
  readonly name: string;
  /** `input` accepts any text, `select` one of the values. */
  readonly type: string | undefined;
  readonly values: readonly string[];
}

/** The criteria that match. @public */
export interface DescribeCriteriaOutput {
  readonly criteria: readonly CriterionDescription[];
}

/**
 * The criteria of DescribeImageInstances.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { describeImageRepoCriteriaOperation } from '@describe-image/core/protocol';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { output } = await client.call(describeImageRepoCriteriaOperation, {});
 * console.log(output.criteria.map(({ name }) => name));
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimagerepocriteria | DescribeImageRepoCriteria}
 * @public
 */
export const describeImageRepoCriteriaOperation: Operation<DescribeCriteriaInput, DescribeCriteriaOutput> =
  /* @__PURE__ */ criteriaOperation('DescribeImageRepoCriteria');

/**
 * The criteria of image searches, including the digest.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { describeImageCriteriaOperation } from '@describe-image/core/protocol';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { output } = await client.call(describeImageCriteriaOperation, { value: 'api' });
 * console.log(output.criteria.map(({ name }) => name));
 * ```
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
      throw new ValidationError(`${action}: value must be a string, got ${typeof value}`);
    },

    toRequest: ({ value }) => ({ query: { Value: value } }),

    parseOutput(document, requestId) {
      const criteria = objectList(action, 'CriteriaList', document, requestId).map((row) => {
        const name = text(row['Name']);
        if (!name)
          throw unreadableAnswer(action, 'CriteriaList contains a criterion without Name', requestId);
        const values = text(row['Values'])?.split(',').filter(Boolean) ?? [];
        return { name, type: text(row['Type']), values };
      });
      return { criteria };
    },
  });
}
