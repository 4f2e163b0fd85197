import { ValidationError } from '../errors/errors.ts';
import { isObject } from '../protocol/is-object.ts';
import type { Operation } from '../protocol/operation.ts';
import { type Image, parseImage } from './image.ts';
import { integer, objectList } from './read-field.ts';
import { inputFields, readOperation } from './read-operation.ts';
import { kindOf, unreadableAnswer } from './unreadable-answer.ts';

/** The criteria that the vendor documents. Other names are sent unchanged. @public */
export type CriterionName =
  | 'instanceId'
  | 'repoName'
  | 'repoId'
  | 'repoNamespace'
  | 'regionId'
  | 'vulStatus'
  | 'alarmStatus'
  | 'hcStatus'
  | 'riskStatus'
  | 'registryType'
  | 'imageId'
  | 'tag'
  | 'digest'
  | (string & {});

/** One search condition. @public */
export interface Criterion {
  readonly name: CriterionName;
  readonly value: string;
  /** Combines several values of one name. */
  readonly logicalExp?: 'AND' | 'OR' | undefined;
}

/** A search in the inventory. @public */
export interface DescribeImageInstancesInput {
  readonly criteria?: readonly Criterion[] | undefined;
  /** Combines the conditions. */
  readonly logicalExp?: 'AND' | 'OR' | undefined;
  /** From 1. @defaultValue 1 */
  readonly currentPage?: number | undefined;
  /** Rows per page. The service's default is 20; its maximum is not documented. */
  readonly pageSize?: number | undefined;
  /** `true` for scanned images, `false` for images that were never scanned. */
  readonly scanned?: boolean | undefined;
}

/** One page of the inventory. @public */
export interface DescribeImageInstancesOutput {
  readonly images: readonly Image[];
  /** The service's count over all pages; absent if the answer has none. */
  readonly totalCount: number | undefined;
  readonly currentPage: number | undefined;
  readonly pageSize: number | undefined;
  /** The service's count of rows on this page. */
  readonly count: number | undefined;
}

const ACTION = 'DescribeImageInstances';

/**
 * One page of the images that Security Center has synchronised.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { describeImageInstancesOperation } from '@describe-image/core/protocol';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { output } = await client.call(describeImageInstancesOperation, { currentPage: 1, pageSize: 20 });
 * console.log(output.totalCount, output.images.length);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimageinstances | DescribeImageInstances}
 * @public
 */
export const describeImageInstancesOperation: Operation<
  DescribeImageInstancesInput,
  DescribeImageInstancesOutput
> = /* @__PURE__ */ readOperation<DescribeImageInstancesInput, DescribeImageInstancesOutput>(ACTION, {
  parseInput(input) {
    const given = inputFields(ACTION, input);
    const { criteria = [], logicalExp, currentPage, pageSize, scanned = false } = given;
    const check = (name: string, valid: boolean, wanted: string): void => {
      if (valid) return;
      throw new ValidationError(`${ACTION}: ${name} must be ${wanted}, got ${JSON.stringify(given[name])}`);
    };
    check('currentPage', isCount(currentPage), 'a whole number from 1');
    check('pageSize', isCount(pageSize), 'a whole number from 1');
    check('logicalExp', isLogical(logicalExp), '"AND" or "OR"');
    check('scanned', typeof scanned === 'boolean', 'true or false');
    check(
      'criteria',
      Array.isArray(criteria) && criteria.every(isCriterion),
      'a list of { name, value, logicalExp? }',
    );
    return given; // the checks above cover every field that toRequest reads
  },

  toRequest: ({ criteria, logicalExp, currentPage, pageSize, scanned }) => ({
    query: {
      Criteria: criteria?.length ? JSON.stringify(criteria) : undefined,
      LogicalExp: logicalExp,
      CurrentPage: currentPage,
      PageSize: pageSize,
      Scanned: scanned,
    },
  }),

  parseOutput(document, requestId) {
    const rows = objectList(ACTION, 'ImageInstanceList', document, requestId);
    const counts = document['PageInfo'];
    if (!isObject(counts))
      throw unreadableAnswer(ACTION, `PageInfo must be an object, got ${kindOf(counts)}`, requestId);
    return {
      images: rows.map(parseImage),
      totalCount: integer(counts['TotalCount']),
      currentPage: integer(counts['CurrentPage']),
      pageSize: integer(counts['PageSize']),
      count: integer(counts['Count']),
    };
  },
});

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isSafeInteger(value) && Number(value) > 0);
}

function isLogical(value: unknown): boolean {
  return value === undefined || value === 'AND' || value === 'OR';
}

function isCriterion(value: unknown): value is Criterion {
  return (
    isObject(value) &&
    typeof value['name'] === 'string' &&
    typeof value['value'] === 'string' &&
    isLogical(value['logicalExp'])
  );
}
