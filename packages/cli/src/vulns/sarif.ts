import type { Vulnerability } from '@describe-image/core';
import { sarifLog } from '../output/sarif-log.ts';
import { subjectNotes } from './acceptance.ts';
import type { ImageVulnerabilities } from './read-vulnerabilities.ts';
import { idsOf, packagesOf, versionsOf } from './vulnerability-table.ts';

/**
 * A SARIF 2.1.0 log with one result for each vulnerability. Its level only orders the results: SARIF has no field for the vendor's
 * priority, which is in `properties.necessity`.
 */
export function sarifOf(list: ImageVulnerabilities, shown: readonly Vulnerability[]): object {
  const { name, subject, observedAt } = list;
  const rules = new Map<string, Vulnerability>();
  for (const vulnerability of shown) {
    const id = ruleId(vulnerability);
    if (!rules.has(id)) rules.set(id, vulnerability);
  }
  const indexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  return sarifLog({
    rules: [...rules].map(([id, vulnerability]) => rule(id, vulnerability)),
    invocations: [
      {
        executionSuccessful: true,
        endTimeUtc: observedAt.toISOString(),
        toolExecutionNotifications: subjectNotes(list).map((text) => ({
          level: 'warning',
          message: { text },
        })),
      },
    ],
    results: shown.map((vulnerability) =>
      result(vulnerability, list, indexes.get(ruleId(vulnerability)) ?? -1),
    ),
    properties: {
      image: name,
      digest: subject.digest,
      liveDigest: subject.liveDigest ?? null,
      isLive: subject.isLive ?? null,
      scanned: subject.scanned ?? null,
    },
  });
}

/** The first CVE id, so that a rule is the same for all operating systems. */
function ruleId({ cveIds, name }: Vulnerability): string {
  return cveIds[0] ?? name;
}

function rule(id: string, vulnerability: Vulnerability): object {
  const { aliasName = id, cveIds, tag } = vulnerability;
  return {
    id,
    shortDescription: { text: aliasName },
    ...(cveIds[0] === id && { helpUri: `https://nvd.nist.gov/vuln/detail/${id}` }),
    properties: { tags: ['vulnerability', 'container', ...(tag === undefined ? [] : [tag])] },
  };
}

const LEVELS: Readonly<Record<string, string>> = { asap: 'error', later: 'warning', nntf: 'note' };

function result(
  vulnerability: Vulnerability,
  { name, subject }: ImageVulnerabilities,
  ruleIndex: number,
): object {
  const { necessity, canFix, cveIds, status, packages, aliasName } = vulnerability;
  const id = ruleId(vulnerability);
  const installed = `${packagesOf(vulnerability)} ${versionsOf(vulnerability)}`;
  return {
    ruleId: id,
    ruleIndex,
    level: LEVELS[necessity] ?? 'warning',
    message: {
      text: `${idsOf(vulnerability)} in ${installed}.${aliasName === undefined ? '' : ` ${aliasName}`}`,
    },
    locations: [
      {
        // Code scanning needs a file. An image has none in the repository, so its name stands for one.
        physicalLocation: {
          artifactLocation: { uri: artifactUri(name, subject.image?.repoNamespace, subject.image?.repoName) },
          region: { startLine: 1 },
        },
        logicalLocations: packages.map(({ name: packageName, path }) => ({
          name: packageName,
          fullyQualifiedName: `${name}@${subject.digest}${path === undefined ? '' : `:${path}`}`,
          kind: 'module',
        })),
      },
    ],
    partialFingerprints: { 'vulnerabilityAndPackages/v1': `${id} ${packagesOf(vulnerability)}` },
    properties: {
      necessity,
      canFix,
      status,
      cveIds,
      packages: packages.map(({ name: packageName, version, path, layer, updateCmd }) => ({
        name: packageName,
        version: version ?? null,
        path: path ?? null,
        layer: layer ?? null,
        updateCmd: updateCmd ?? null,
      })),
    },
  };
}

function artifactUri(name: string, namespace: string | undefined, repository: string | undefined): string {
  const path = repository === undefined ? name : [namespace, repository].filter(Boolean).join('/');
  return path.split('/').map(encodeURIComponent).join('/');
}
