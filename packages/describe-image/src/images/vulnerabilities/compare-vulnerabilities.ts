import type { Vulnerability } from '../../operations/vulnerability.ts';

/** The fields by which vulnerabilities of two images are compared. @public */
export interface ComparableVulnerability {
  readonly name: Vulnerability['name'];
  readonly cveIds: Vulnerability['cveIds'];
  readonly packages: readonly Pick<Vulnerability['packages'][number], 'name'>[];
}

/** What changed between two lists of vulnerabilities. @public */
export interface VulnerabilityChanges<Item> {
  /** Only in the second list. */
  readonly introduced: readonly Item[];
  /** Only in the first list. */
  readonly fixed: readonly Item[];
  /** In both lists, as in the second. */
  readonly unchanged: readonly Item[];
}

/**
 * Compares the vulnerabilities of two digests. Two records are the same vulnerability if they have a CVE id in common, or the same name
 * if they have none, and a package in common. Another version of the package or of the operating system makes no difference. Both
 * lists must be complete and not filtered: check `isComplete` of the listings, and filter the result.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { compareVulnerabilities } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const before = await client.listVulnerabilities({ reference: 'shop/api:1.8.0' }).all();
 * const after = await client.listVulnerabilities({ reference: 'shop/api:1.9.0' }).all();
 * const { introduced } = compareVulnerabilities(before.vulnerabilities, after.vulnerabilities);
 * console.log(introduced.map(({ cveIds, necessity }) => `${necessity} ${cveIds.join(' ')}`));
 * ```
 *
 * @public
 */
export function compareVulnerabilities<Item extends ComparableVulnerability>(
  before: Iterable<Item>,
  after: Iterable<Item>,
): VulnerabilityChanges<Item> {
  const [earlier, later] = [[...before], [...after]];
  const [inEarlier, inLater] = [keySet(earlier), keySet(later)];
  const introduced: Item[] = [];
  const unchanged: Item[] = [];
  for (const item of later)
    (keysOf(item).some((key) => inEarlier.has(key)) ? unchanged : introduced).push(item);
  const fixed = earlier.filter((item) => !keysOf(item).some((key) => inLater.has(key)));
  return { introduced, fixed, unchanged };
}

function keySet(items: readonly ComparableVulnerability[]): ReadonlySet<string> {
  return new Set(items.flatMap(keysOf));
}

/** One key per id and package. */
function keysOf({ name, cveIds, packages }: ComparableVulnerability): readonly string[] {
  const ids = cveIds.length === 0 ? [name] : cveIds;
  const packageNames = packages.length === 0 ? [''] : packages.map((entity) => entity.name);
  return ids.flatMap((id) => packageNames.map((packageName) => JSON.stringify([id, packageName])));
}
