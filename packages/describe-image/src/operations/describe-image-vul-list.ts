import { ValidationError } from '../errors/errors.ts';
import type { Operation } from '../protocol/operation.ts';
import { requireDigest } from './image-digest.ts';
import { integer, objectList } from './read-field.ts';
import { inputFields, readOperation } from './read-operation.ts';
import { kindOf, unreadableAnswer } from './unreadable-answer.ts';
import { type Necessity, parseVulnerability, type Vulnerability } from './vulnerability.ts';

/** A search for vulnerabilities of images. All conditions must match. @public */
export interface DescribeImageVulListInput {
  /** The digest of the image, with or without `sha256:`. */
  readonly digest?: string | undefined;
  readonly necessity?: Necessity | undefined;
  /** `1`: unfixed, `4`: being fixed, `7`: fixed. */
  readonly statusList?: string | undefined;
  /** `y` for handled vulnerabilities, `n` for the others. */
  readonly dealed?: 'y' | 'n' | undefined;
  /** The name of the vulnerability, for example `debian:10:CVE-2019-9893`. */
  readonly name?: string | undefined;
  /** The title of the vulnerability. */
  readonly aliasName?: string | undefined;
  /** The tag of the vulnerability, for example `oval`. It is not the tag of the image. */
  readonly tag?: string | undefined;
  /** `AI` for components of AI. */
  readonly ruleTag?: string | undefined;
  /** Name and tag of the image. */
  readonly image?: string | undefined;
  readonly repoRegionId?: string | undefined;
  readonly repoInstanceId?: string | undefined;
  readonly repoId?: string | undefined;
  readonly repoName?: string | undefined;
  readonly repoNamespace?: string | undefined;
  /** Region of the asset. */
  readonly regionId?: string | undefined;
  /** Instance of the asset. */
  readonly instanceId?: string | undefined;
  /** Assets, separated by commas. */
  readonly uuids?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly clusterName?: string | undefined;
  readonly containerId?: string | undefined;
  readonly namespace?: string | undefined;
  readonly pod?: string | undefined;
  /** Kinds of assets: `image`, `container`. */
  readonly scanRange?: readonly string[] | undefined;
  /** The language of `aliasName`. The service's default is `zh`. */
  readonly lang?: 'zh' | 'en' | undefined;
  /** From 1. @defaultValue 1 */
  readonly currentPage?: number | undefined;
  /** Records per page. The service's default is 10; its maximum is not documented. */
  readonly pageSize?: number | undefined;
}

/** One page of vulnerabilities. @public */
export interface DescribeImageVulListOutput {
  readonly vulnerabilities: readonly Vulnerability[];
  /** The service's count over all pages. */
  readonly totalCount: number;
  readonly currentPage: number;
  readonly pageSize: number;
}

const ACTION = 'DescribeImageVulList';
const TEXTS = [
  'statusList',
  'name',
  'aliasName',
  'tag',
  'ruleTag',
  'image',
  'repoRegionId',
  'repoInstanceId',
  'repoId',
  'repoName',
  'repoNamespace',
  'regionId',
  'instanceId',
  'uuids',
  'clusterId',
  'clusterName',
  'containerId',
  'namespace',
  'pod',
] as const satisfies readonly (keyof DescribeImageVulListInput)[];
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  necessity: ['asap', 'later', 'nntf'],
  dealed: ['y', 'n'],
  lang: ['zh', 'en'],
};

/**
 * One page of the vulnerabilities that the last scans of images found. `listVulnerabilities` reads all pages of one image.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { describeImageVulListOperation } from '@describe-image/core/protocol';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { output } = await client.call(describeImageVulListOperation, { repoName: 'api', necessity: 'asap' });
 * console.log(output.totalCount, output.vulnerabilities[0]?.cveIds);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimagevullist | DescribeImageVulList}
 * @public
 */
export const describeImageVulListOperation: Operation<DescribeImageVulListInput, DescribeImageVulListOutput> =
  /* @__PURE__ */ readOperation<DescribeImageVulListInput, DescribeImageVulListOutput>(ACTION, {
    parseInput(input) {
      const given = inputFields(ACTION, input);
      const check = (name: string, isValid: (value: unknown) => boolean, wanted: string): void => {
        const value = given[name];
        if (value !== undefined && !isValid(value))
          throw new ValidationError(`${ACTION}: ${name} must be ${wanted}, got ${JSON.stringify(value)}`);
      };
      for (const name of TEXTS) check(name, isText, 'a non-empty string');
      for (const [name, values] of Object.entries(CHOICES))
        check(
          name,
          (value) => values.includes(String(value)),
          values.map((value) => `"${value}"`).join(' or '),
        );
      check('scanRange', (value) => Array.isArray(value) && value.every(isText), 'a list of strings');
      for (const name of ['currentPage', 'pageSize'])
        check(name, (value) => Number.isSafeInteger(value) && Number(value) > 0, 'a whole number from 1');
      const { digest } = given;
      return digest === undefined ? given : { ...given, digest: requireDigest(`${ACTION}: digest`, digest) };
    },

    toRequest: (input) => ({
      query: {
        Type: 'cve',
        Lang: input.lang,
        Digest: input.digest?.slice('sha256:'.length),
        Necessity: input.necessity,
        Dealed: input.dealed,
        ...Object.fromEntries(
          TEXTS.map((name) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, input[name]]),
        ),
        ...Object.fromEntries(
          (input.scanRange ?? []).map((value, index) => [`ScanRange.${index + 1}`, value]),
        ),
        CurrentPage: input.currentPage,
        PageSize: input.pageSize,
      },
    }),

    parseOutput(document, requestId) {
      const records = objectList(ACTION, 'VulRecords', document, requestId);
      const count = (name: string): number => {
        const value = integer(document[name]);
        if (value !== undefined) return value;
        throw unreadableAnswer(
          ACTION,
          `${name} must be an integer, got ${kindOf(document[name])}`,
          requestId,
        );
      };
      return {
        vulnerabilities: records.map((record, index) =>
          parseVulnerability(ACTION, record, `VulRecords[${index}]`, requestId),
        ),
        totalCount: count('TotalCount'),
        currentPage: count('CurrentPage'),
        pageSize: count('PageSize'),
      };
    },
  });

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
