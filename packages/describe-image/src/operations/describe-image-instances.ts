import { ServiceError, ValidationError } from '../errors/errors.ts';
import { isObject } from '../protocol/is-object.ts';
import type { Operation } from '../protocol/operation.ts';
import { type Image, parseImage } from './image.ts';
import { integer } from './read-field.ts';
import { inputFields, readOperation } from './security-center.ts';

/** The names that the criteria operations document. Others are passed on as they are. */
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

/** One search condition. */
export interface Criterion {
  readonly name: CriterionName;
  readonly value: string;
  /** How several values of the same name combine. */
  readonly logicalExp?: 'AND' | 'OR' | undefined;
}

/** @public */
export interface DescribeImageInstancesInput {
  readonly criteria?: readonly Criterion[] | undefined;
  /** How the conditions combine. */
  readonly logicalExp?: 'AND' | 'OR' | undefined;
  /** From 1. @defaultValue 1 */
  readonly currentPage?: number | undefined;
  /** Rows a page; the service's own default is 20 and its maximum is not documented. */
  readonly pageSize?: number | undefined;
  /** `true` for images already scanned, `false` for those not yet. */
  readonly scanned?: boolean | undefined;
}

/** One page of the inventory. @public */
export interface DescribeImageInstancesOutput {
  readonly images: readonly Image[];
  /** As the service counts them, over all pages. Absent when it does not say. */
  readonly totalCount: number | undefined;
  readonly currentPage: number | undefined;
  readonly pageSize: number | undefined;
  /** Rows on this page, as the service counts them. */
  readonly count: number | undefined;
}

const ACTION = 'DescribeImageInstances';

/**
 * The images that Security Center has synchronised, page by page.
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
      if (!valid) throw new ValidationError(`${ACTION}: ${name} must be ${wanted}`);
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
    return given; // every field that toRequest reads was checked above
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
    const { ImageInstanceList: rows = [], PageInfo: page } = document;
    if (!Array.isArray(rows) || !rows.every(isObject))
      throw new ServiceError(`${ACTION}: ImageInstanceList is not a list of objects`, {
        requestId,
        status: 200,
      });
    const counts = isObject(page) ? page : {};
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
