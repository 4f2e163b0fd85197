import type { Image } from '../../operations/image.ts';
import type { ImageReference } from '../references/image-reference.ts';
import { parseRegistryHost, registryDomains } from '../references/registry-host.ts';
import { newestOfEachRepository, newestOfEachTag } from './newest-rows.ts';

/** Ids that a caller knows in addition to the reference. @public */
export interface CandidateHints {
  readonly regionId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly repoId?: string | undefined;
}

/**
 * The rows that match a reference, one per tag. The service can match fuzzily, so names are compared here. A row whose registry
 * domains are known must have the reference's registry.
 */
export function selectCandidates(
  images: readonly Image[],
  reference: ImageReference,
  hints: CandidateHints,
): readonly Image[] {
  const { tag, digest } = reference;
  const matching = images.filter((image) =>
    tag === undefined ? image.digest === digest : image.tag === tag,
  );
  const rows = selectRepository(matching, reference, hints);
  return tag === undefined ? newestOfEachRepository(rows) : newestOfEachTag(rows);
}

/** The rows of the repositories that match a reference, whatever their tags. */
export function selectRepository(
  images: readonly Image[],
  { registry, repository, namespace }: ImageReference,
  hints: CandidateHints,
): readonly Image[] {
  const matching = images.filter(
    (image) =>
      image.repoName === repository &&
      (namespace === '' || image.repoNamespace === namespace) &&
      isUnsetOrEqual(hints.regionId ?? registry?.regionId, image.regionId) &&
      isUnsetOrEqual(hints.instanceId ?? registry?.instanceId, image.instanceId) &&
      isUnsetOrEqual(hints.repoId, image.repoId),
  );
  // An id names the repository's registry, which can have custom domains that the inventory does not list.
  const isNamed =
    registry?.kind === 'instance' || hints.instanceId !== undefined || hints.repoId !== undefined;
  const host = isNamed ? undefined : registry?.publicHost;
  if (host === undefined) return matching;
  const withHost = matching.filter((image) => hasDomain(image, host));
  // A row without domains may still be of this registry: it counts only if no row has the host.
  return withHost.length > 0 ? withHost : matching.filter((image) => registryDomains(image).length === 0);
}

/** Each field in which a row differs from a reference, with the row's value. */
export function differencesOf(
  image: Image,
  { registry, namespace, repository, tag, digest }: ImageReference,
  hints: CandidateHints,
): readonly string[] {
  const compared: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['repository', repository, image.repoName],
    ['namespace', namespace || undefined, image.repoNamespace],
    ['tag', tag, image.tag],
    ['digest', tag === undefined ? digest : undefined, image.digest],
    ['region', hints.regionId ?? registry?.regionId, image.regionId],
    ['instance', hints.instanceId ?? registry?.instanceId, image.instanceId],
    ['repository id', hints.repoId, image.repoId],
  ];
  const differences = compared.flatMap(([field, wanted, actual]) =>
    isUnsetOrEqual(wanted, actual) ? [] : [`${field} ${actual ?? '(unknown)'}`],
  );
  return differences.length > 0 ? differences : [`registry ${registryDomains(image).join(', ')}`];
}

function isUnsetOrEqual(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}

function hasDomain(image: Image, publicHost: string): boolean {
  return registryDomains(image).some((domain) => parseRegistryHost(domain).publicHost === publicHost);
}
