import { ValidationError } from '../../errors/errors.ts';
import { describeImageVulListOperation } from '../../operations/describe-image-vul-list.ts';
import type { Necessity, Vulnerability } from '../../operations/vulnerability.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { withSharedTotal } from '../../protocol/retrying/call-limits.ts';
import { requireCount } from '../inventory/list-images.ts';
import { type PageAnswer, readPages } from '../read-pages.ts';
import {
  byUrgency,
  summarizeVulnerabilities,
  type VulnerabilitySummary,
} from './summarize-vulnerabilities.ts';
import {
  findSubject,
  requireTarget,
  type VulnerabilitySubject,
  type VulnerabilityTarget,
} from './vulnerability-subject.ts';

/** Which vulnerabilities to list. @public */
export interface VulnerabilityFilter {
  /** One priority or several. @defaultValue all, also those that the vendor does not document */
  readonly necessity?: Necessity | readonly Necessity[] | undefined;
  /** `true` for those that the Security Center console can fix, `false` for the others. The service cannot filter by it. */
  readonly fixable?: boolean | undefined;
  /** `true` for handled vulnerabilities, `false` for the others. */
  readonly handled?: boolean | undefined;
  /** Whether to include vulnerabilities with the status 7, fixed. @defaultValue false */
  readonly includeFixed?: boolean | undefined;
  /** The name of the vulnerability, for example `debian:10:CVE-2019-9893`. */
  readonly name?: string | undefined;
}

/** An image, and which of its vulnerabilities to list. @public */
export type VulnerabilityQuery = VulnerabilityTarget & VulnerabilityFilter;

/**
 * How to list. `totalTimeoutMs` limits the whole list if it is given here. Without it, the client's limit applies to `all()` as a
 * whole, and to each page of an iteration.
 *
 * @public
 */
export interface ListVulnerabilitiesOptions extends CallOptions {
  /** Records per request. The service's maximum is not documented; smaller pages are accepted. @defaultValue 100 */
  readonly pageSize?: number | undefined;
  /** The maximum number of vulnerabilities to return. @defaultValue no limit */
  readonly limit?: number | undefined;
  /** Sorts by `byUrgency`. The service cannot sort, so all pages are read before the first is returned. @defaultValue false */
  readonly mostUrgentFirst?: boolean | undefined;
  /** The language of `aliasName`. @defaultValue 'en' */
  readonly lang?: 'en' | 'zh' | undefined;
}

/** One page of vulnerabilities. @public */
export interface VulnerabilityPage {
  readonly subject: VulnerabilitySubject;
  /** The matching vulnerabilities that no earlier page had. */
  readonly vulnerabilities: readonly Vulnerability[];
  readonly currentPage: number;
  /** The service's count over all pages, before `fixable` and `includeFixed` apply. */
  readonly totalCount: number | undefined;
  /** Records were added or removed between pages, so records can be missing from this list. List again for a complete one. */
  readonly listChanged: boolean;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent for this page. */
  readonly attempts: number;
  readonly observedAt: Date;
}

/** A finished list. @public */
export interface VulnerabilityListing {
  /** The digest that the vulnerabilities are of. An empty list of a digest that was not scanned is not a clean result. */
  readonly subject: VulnerabilitySubject;
  readonly vulnerabilities: readonly Vulnerability[];
  /** Counts all matching vulnerabilities that were read, also those that the limit cut. */
  readonly summary: VulnerabilitySummary;
  /** Whether all matching vulnerabilities are in the list: no limit cut it, and no record moved between pages. */
  readonly isComplete: boolean;
  readonly totalCount: number | undefined;
  readonly requestIds: readonly (string | undefined)[];
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent, including those that found the digest. */
  readonly attempts: number;
  readonly source: 'DescribeImageVulList';
  /** When the last page arrived, by the local clock. */
  readonly observedAt: Date;
}

/** A list of vulnerabilities that is read page by page. No request is sent before the first one is read. @public */
export interface VulnerabilityList extends AsyncIterable<Vulnerability> {
  /** The pages in the service's order; `mostUrgentFirst` and `limit` do not apply. */
  pages(): AsyncGenerator<VulnerabilityPage, void, undefined>;
  /** Reads all pages, or as many as the limit requires. */
  all(): Promise<VulnerabilityListing>;
}

const DEFAULT_PAGE_SIZE = 100;
const FIXED = 7;

/**
 * Lists the vulnerabilities of one image, of the digest that was scanned. Records of running containers with the same vulnerability are
 * merged into one.
 *
 * @throws {@link ValidationError} unless the query has one of digest, reference and ids; and for an invalid limit or page size.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { listVulnerabilities } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const list = listVulnerabilities(client.call, { reference: 'shop/api:1.8.0', necessity: 'asap', fixable: true });
 * const { vulnerabilities, subject } = await list.all();
 * if (!subject.isLive) console.log(`the scan is of another digest: ${subject.digest}`);
 * for (const { cveIds, packages } of vulnerabilities) console.log(cveIds, packages[0]?.updateCmd);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimagevullist | DescribeImageVulList}
 * @public
 */
export function listVulnerabilities(
  call: Call,
  query: VulnerabilityQuery,
  listOptions: ListVulnerabilitiesOptions = {},
): VulnerabilityList {
  // Copied, because the caller may change the objects between two pages.
  const options = { ...listOptions };
  const target = requireTarget(query);
  const { necessity, handled, name } = query;
  const matches = matcher(query);
  const { limit = Number.POSITIVE_INFINITY, mostUrgentFirst = false, lang = 'en' } = options;
  requireCount('limit', options.limit);
  requireCount('pageSize', options.pageSize);
  const pageSize = options.pageSize ?? DEFAULT_PAGE_SIZE;

  async function* readVulnerabilityPages(
    callOptions: CallOptions,
  ): AsyncGenerator<VulnerabilityPage & { readonly isLast: boolean }, void, undefined> {
    const { subject, attempts } = await findSubject(call, target, callOptions);
    const { digest } = subject;
    const conditions = {
      digest,
      // The page documents one value.
      necessity: typeof necessity === 'string' ? necessity : undefined,
      dealed: handled === undefined ? undefined : handled ? ('y' as const) : ('n' as const),
      name,
      lang,
      pageSize,
    };
    const ask = async (currentPage: number): Promise<PageAnswer<Vulnerability>> => {
      const input = { ...conditions, currentPage };
      const { output, ...answer } = await call(describeImageVulListOperation, input, callOptions);
      return { output: { rows: output.vulnerabilities, totalCount: output.totalCount }, ...answer };
    };
    const seen = new Set<string>();
    for await (const { rows, isChanged, ...page } of readPages(ask, recordKey)) {
      const vulnerabilities = rows.filter(
        (row) =>
          // Compared here too, because the service can match fuzzily or ignore a parameter.
          row.imageDigest === digest && matches(row) && seen.size < seen.add(vulnerabilityKey(row)).size,
      );
      const found = page.currentPage === 1 ? attempts : 0;
      yield { ...page, subject, vulnerabilities, listChanged: isChanged, attempts: page.attempts + found };
    }
  }

  async function* pages(): AsyncGenerator<VulnerabilityPage, void, undefined> {
    const callOptions = options.totalTimeoutMs === undefined ? options : withSharedTotal(options);
    for await (const { isLast: _, ...page } of readVulnerabilityPages(callOptions)) yield page;
  }

  async function all(): Promise<VulnerabilityListing> {
    const found: Vulnerability[] = [];
    const requestIds: (string | undefined)[] = [];
    let attempts = 0;
    for await (const { isLast, ...page } of readVulnerabilityPages(withSharedTotal(options))) {
      found.push(...page.vulnerabilities);
      requestIds.push(page.requestId);
      attempts += page.attempts;
      if (!isLast && (mostUrgentFirst || found.length < limit)) continue;
      if (mostUrgentFirst) found.sort(byUrgency);
      return {
        subject: page.subject,
        vulnerabilities: found.slice(0, limit),
        summary: summarizeVulnerabilities(found),
        isComplete: isLast && !page.listChanged && found.length <= limit,
        totalCount: page.totalCount,
        requestIds,
        endpoint: page.endpoint,
        attempts,
        source: 'DescribeImageVulList',
        observedAt: page.observedAt,
      };
    }
    throw new Error('unreachable: readPages yields a last page');
  }

  async function* items(): AsyncGenerator<Vulnerability, void, undefined> {
    if (mostUrgentFirst) {
      yield* (await all()).vulnerabilities;
      return;
    }
    let count = 0;
    for await (const { vulnerabilities } of pages())
      for (const vulnerability of vulnerabilities) {
        yield vulnerability;
        if (++count >= limit) return;
      }
  }

  return { pages, all, [Symbol.asyncIterator]: items };
}

function matcher({
  necessity,
  fixable,
  includeFixed = false,
}: VulnerabilityFilter): (vulnerability: Vulnerability) => boolean {
  const wanted: ReadonlySet<string> | undefined =
    necessity === undefined ? undefined : new Set([necessity].flat());
  if (wanted?.size === 0) throw new ValidationError('necessity: must contain at least one priority, got []');
  return ({ necessity: actual, canFix, status }) =>
    (wanted === undefined || wanted.has(actual)) &&
    (fixable === undefined || canFix === fixable) &&
    (includeFixed || status !== FIXED);
}

function recordKey({ primaryId, raw }: Vulnerability): string {
  return JSON.stringify([primaryId, raw['Uuid'], raw['ContainerId'], raw['Pod'], raw['TargetId']]);
}

/** Equal for the records of one vulnerability in one image. */
function vulnerabilityKey({ name, packages }: Vulnerability): string {
  return JSON.stringify([name, packages.map((entity) => [entity.name, entity.fullVersion, entity.path])]);
}
