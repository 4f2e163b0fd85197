import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import { parseImageReference, parseRegistryHost, registryDomains } from '@describe-image/core/images';
import { DescribeImageError, type Image } from '@describe-image/core/protocol';

/** Repository and tag of a declared image. For ids, the repository comes from the inventory's row where it has one. */
export function nameImage(
  { key, target }: Pick<DeclaredImage, 'key' | 'target'>,
  row: Image | undefined,
): { readonly repository: string; readonly tag?: string } {
  if (typeof target !== 'string') {
    const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = target;
    return {
      repository: (row && repositoryOf(row)) ?? `${imageRegionId}/${imageInstanceId}/${imageRepoId}`,
      tag: imageTag,
    };
  }
  try {
    const { registry, namespace, repository, tag } = parseImageReference(target);
    // An instance id in place of the host is not a host that images can be pulled from.
    const host =
      registry?.kind === 'instance' ? ((row && publicDomain(row)) ?? registry.host) : registry?.host;
    const path = [host, namespace, repository].filter(Boolean).join('/');
    return tag === undefined ? { repository: path } : { repository: path, tag };
  } catch (error) {
    if (!DescribeImageError.isInstance(error)) throw error;
    return { repository: key };
  }
}

/** `domain/namespace/repository`, without the parts that the row lacks. */
function repositoryOf(row: Image): string | undefined {
  const { repoNamespace, repoName } = row;
  if (repoName === undefined) return undefined;
  return [publicDomain(row), repoNamespace, repoName].filter(Boolean).join('/');
}

function publicDomain(row: Image): string | undefined {
  const domains = registryDomains(row);
  return domains.find((domain) => parseRegistryHost(domain).publicHost === domain) ?? domains[0];
}
