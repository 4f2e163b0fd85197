import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import { parseImageReference, parseRegistryHost, registryDomains } from '@describe-image/core/images';
import { DescribeImageError, type Image } from '@describe-image/core/protocol';

/**
 * Repository and tag of a declared image. A reference says them itself; ids are named as the inventory's row is, by its registry's
 * public domain where the row knows one.
 */
export function nameImage(
  { key, target }: Pick<DeclaredImage, 'key' | 'target'>,
  row: Image | undefined,
): { readonly repository: string; readonly tag?: string } {
  if (typeof target !== 'string') {
    const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = target;
    return {
      repository: (row && nameRow(row)) ?? `${imageRegionId}/${imageInstanceId}/${imageRepoId}`,
      tag: imageTag,
    };
  }
  try {
    const { registry, namespace, repository, tag } = parseImageReference(target);
    // An instance's id in the place of a host can be pulled by nobody.
    const host =
      registry?.kind === 'instance' ? ((row && publicDomain(row)) ?? registry.host) : registry?.host;
    const path = [host, namespace, repository].filter(Boolean).join('/');
    return tag === undefined ? { repository: path } : { repository: path, tag };
  } catch (error) {
    if (!DescribeImageError.isInstance(error)) throw error;
    return { repository: key };
  }
}

/** `domain/namespace/repository` of a row, as far as it says; `undefined` where it names no repository. */
function nameRow(row: Image): string | undefined {
  const { repoNamespace, repoName } = row;
  if (repoName === undefined) return undefined;
  return [publicDomain(row), repoNamespace, repoName].filter(Boolean).join('/');
}

function publicDomain(row: Image): string | undefined {
  const domains = registryDomains(row);
  return domains.find((domain) => parseRegistryHost(domain).publicHost === domain) ?? domains[0];
}
