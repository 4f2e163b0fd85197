import {
  type Client,
  DescribeImageError,
  type DescribeImageInput,
  type ListVulnerabilitiesOptions,
  normalizeDigest,
  type Vulnerability,
  type VulnerabilityFilter,
  type VulnerabilityPage,
  type VulnerabilitySubject,
  type VulnerabilitySummary,
  type VulnerabilityTarget,
} from '@describe-image/core';
import {
  assessRiskOfDigest,
  byUrgency,
  summarizeVulnerabilities,
  type VulnerabilityChanges,
} from '@describe-image/core/images';
import { UsageError } from '../command-error.ts';
import { imageIds } from '../commands/image-ids.ts';
import { hintsFor } from '../commands/reference-hints.ts';
import type { OptionValues } from '../option-values.ts';

/** The vulnerabilities of one image, all pages read, the most urgent first. */
export interface ImageVulnerabilities {
  /** As typed, or the ids as one text. */
  readonly name: string;
  readonly subject: VulnerabilitySubject;
  readonly vulnerabilities: readonly Vulnerability[];
  readonly summary: VulnerabilitySummary;
  /** Records moved between pages, so some can be missing. */
  readonly isChanged: boolean;
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  readonly endpoint: string;
}

/** The result of `vulns diff`. */
export interface DiffReport {
  readonly before: ImageVulnerabilities;
  readonly after: ImageVulnerabilities;
  readonly changes: VulnerabilityChanges<Vulnerability>;
  /** The maximum number of vulnerabilities to print of each kind. */
  readonly limit: number | undefined;
}

/** An image on the command line. */
export interface NamedTarget {
  readonly name: string;
  readonly target: VulnerabilityTarget;
}

/** @throws UsageError for flags that do not fit the image. */
export function targetOf(text: string | undefined, options: OptionValues): NamedTarget {
  if (text === undefined) {
    const ids: DescribeImageInput = imageIds(options);
    return { name: `${ids.imageRepoId}:${ids.imageTag}`, target: ids };
  }
  if (options.text('tag') !== undefined)
    throw new UsageError(
      '--tag cannot be combined with a reference or a digest',
      'Put the tag into the reference: repository:tag.',
    );
  const digest = normalizeDigest(text);
  if (digest !== undefined) return { name: digest, target: { digest } };
  return { name: text, target: { reference: text, ...hintsFor(text, options) } };
}

/** Reads page by page, so that `--timeout` limits each request and not the whole list. */
export async function readVulnerabilities(
  client: Client,
  { name, target }: NamedTarget,
  filter: VulnerabilityFilter,
  options: ListVulnerabilitiesOptions,
  onPage: (count: number, page: VulnerabilityPage) => void,
): Promise<ImageVulnerabilities> {
  const vulnerabilities: Vulnerability[] = [];
  let last: VulnerabilityPage | undefined;
  for await (last of client.listVulnerabilities({ ...target, ...filter }, options).pages()) {
    vulnerabilities.push(...last.vulnerabilities);
    onPage(vulnerabilities.length, last);
  }
  if (last === undefined) throw new Error('listVulnerabilities returned no page');
  return {
    name,
    subject: await withScan(client, last, options.signal),
    vulnerabilities: vulnerabilities.sort(byUrgency),
    summary: summarizeVulnerabilities(vulnerabilities),
    isChanged: last.listChanged,
    observedAt: last.observedAt,
    requestId: last.requestId,
    endpoint: last.endpoint,
  };
}

/**
 * Adds the scan of a digest that was given without a reference, from the inventory. A digest that its tag lost has no row there; its
 * records show that it was scanned.
 */
async function withScan(
  client: Client,
  { subject, totalCount = 0 }: VulnerabilityPage,
  signal: AbortSignal | undefined,
): Promise<VulnerabilitySubject> {
  if (subject.scanned !== undefined) return subject;
  const { digest } = subject;
  try {
    const [image] = await client
      .listImages({ digest }, { signal, pageSize: 20 })
      .all()
      .then(({ images }) => images.filter((row) => row.digest === digest));
    const scan = image && assessRiskOfDigest(image, digest);
    const scanned = scan === undefined ? totalCount > 0 : scan.state === 'clean' || scan.state === 'risky';
    return { ...subject, image, scan, scanned };
  } catch (error) {
    // The service can reject the criterion, and RAM the action. The vulnerabilities are known all the same.
    if (DescribeImageError.isInstance(error) && (error.code === 'Validation' || error.code === 'Permission'))
      return subject;
    throw error;
  }
}
