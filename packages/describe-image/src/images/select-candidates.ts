import type { Image } from '../operations/image.ts';
import type { ImageReference } from './image-reference.ts';
import { registryDomains } from './registry-domains.ts';
import { parseRegistryHost } from './registry-host.ts';

/** What a caller may know besides the reference. */
export interface CandidateHints {
  readonly regionId?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly repoId?: string | undefined;
}

/**
 * The rows that a reference can mean, one a tag. The service may match fuzzily, so names are compared here; a row whose
 * registry domains are known must have the reference's.
 */
export function selectCandidates(
  images: readonly Image[],
  reference: ImageReference,
  hints: CandidateHints,
): readonly Image[] {
  const { tag, digest } = reference;
  const fitting = images.filter((image) => (tag === undefined ? image.digest === digest : image.tag === tag));
  return newestOfEach(selectRepository(fitting, reference, hints), tag === undefined);
}

/** The rows of the repositories that a reference can mean, whatever their tags. */
export function selectRepository(
  images: readonly Image[],
  { registry, repository, namespace }: ImageReference,
  hints: CandidateHints,
): readonly Image[] {
  const fitting = images.filter(
    (image) =>
      image.repoName === repository &&
      (namespace === '' || image.repoNamespace === namespace) &&
      same(hints.regionId ?? registry?.regionId, image.regionId) &&
      same(hints.instanceId ?? registry?.instanceId, image.instanceId) &&
      same(hints.repoId, image.repoId),
  );
  const host = registry?.kind === 'instance' ? undefined : registry?.publicHost;
  const onHost = host === undefined ? fitting : fitting.filter((image) => serves(image, host) !== false);
  // A row that names the host leaves no doubt; one that names none may still be it.
  const certain = host === undefined ? [] : onHost.filter((image) => serves(image, host));
  return certain.length > 0 ? certain : onHost;
}

function same(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === found;
}

/** Whether the row's registry answers to the host; `undefined` where the row does not say. */
function serves(image: Image, host: string): boolean | undefined {
  const hosts = registryDomains(image);
  return hosts.length === 0
    ? undefined
    : hosts.some((domain) => parseRegistryHost(domain).publicHost === host);
}

/** A tag that was moved may have a row for each digest it had: the latest is what was known last. */
function newestOfEach(images: readonly Image[], byRepository: boolean): readonly Image[] {
  const newest = new Map<string, Image>();
  for (const image of images) {
    const { regionId, instanceId, repoId, repoNamespace, repoName, tag } = image;
    const key = JSON.stringify([
      regionId,
      instanceId,
      repoId,
      repoNamespace,
      repoName,
      byRepository ? null : tag,
    ]);
    const known = newest.get(key);
    if (known === undefined || time(image) > time(known)) newest.set(key, image);
  }
  return [...newest.values()];
}

function time({ imageUpdate, imageCreate }: Image): number {
  return (imageUpdate ?? imageCreate)?.getTime() ?? 0;
}
