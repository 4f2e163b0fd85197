import type { Necessity, Vulnerability } from '../../operations/vulnerability.ts';

/** A number of vulnerabilities, and how many of them the Security Center console can fix. @public */
export interface VulnerabilityCounts {
  readonly total: number;
  readonly fixable: number;
}

/** Vulnerabilities by the vendor's priority. @public */
export interface VulnerabilitySummary extends VulnerabilityCounts {
  /** `other` counts priorities that the vendor does not document. */
  readonly byNecessity: Readonly<Record<Necessity | 'other', VulnerabilityCounts>>;
}

/**
 * Counts vulnerabilities by priority.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { summarizeVulnerabilities } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { vulnerabilities } = await client.listVulnerabilities({ reference: 'shop/api:1.8.0' }).all();
 * console.log(summarizeVulnerabilities(vulnerabilities).byNecessity.asap.fixable);
 * ```
 *
 * @public
 */
export function summarizeVulnerabilities(
  vulnerabilities: Iterable<Pick<Vulnerability, 'necessity' | 'canFix'>>,
): VulnerabilitySummary {
  const none = () => ({ total: 0, fixable: 0 });
  const all = none();
  const byNecessity = { asap: none(), later: none(), nntf: none(), other: none() };
  for (const { necessity, canFix } of vulnerabilities)
    for (const counts of [all, byNecessity[isNecessity(necessity) ? necessity : 'other']]) {
      counts.total++;
      if (canFix) counts.fixable++;
    }
  return { ...all, byNecessity };
}

/**
 * Sorts the most urgent vulnerability to the front: by priority, fixable ones before the others, then by name. A priority that is
 * not documented comes after `asap`.
 *
 * @example
 * ```ts
 * import { byUrgency } from '@describe-image/core/images';
 * import type { Vulnerability } from '@describe-image/core/protocol';
 *
 * export const mostUrgent = (vulnerabilities: readonly Vulnerability[]) => [...vulnerabilities].sort(byUrgency)[0];
 * ```
 *
 * @public
 */
export function byUrgency(
  a: Pick<Vulnerability, 'necessity' | 'canFix' | 'name'>,
  b: Pick<Vulnerability, 'necessity' | 'canFix' | 'name'>,
): number {
  return (
    rank(a.necessity) - rank(b.necessity) ||
    Number(b.canFix) - Number(a.canFix) ||
    (a.name < b.name ? -1 : Number(a.name > b.name))
  );
}

const RANKS: Readonly<Record<Necessity, number>> = { asap: 0, later: 2, nntf: 3 };

function rank(necessity: string): number {
  return isNecessity(necessity) ? RANKS[necessity] : 1;
}

function isNecessity(value: string): value is Necessity {
  return Object.hasOwn(RANKS, value);
}
