import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';

type Named = Pick<ImageReport, 'repository'> & { readonly tag?: string | undefined };

/** `repository:tag`, or only the repository if the tag is unknown. */
export function imageName({ repository, tag }: Named): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}

/** The repository without the registry host, for narrow columns. */
export function repositoryPath({ repository }: Pick<ImageReport, 'repository'>): string {
  return repository.replace(/^[^/]*[.:][^/]*\//, '');
}

/** The line of the annotation that declares the live digest of an image. `undefined` if no live digest is known. */
export function pinnedLine({ label, key, live }: ImageReport): string | undefined {
  if (live === undefined) return undefined;
  return `${label === undefined ? '' : `${label} = `}${key}@${live.digest}`;
}
