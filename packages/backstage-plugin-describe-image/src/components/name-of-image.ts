import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';

/** `repository:tag`, the repository alone where no tag is known. */
export function nameOfImage({
  repository,
  tag,
}: Pick<ImageReport, 'repository'> & { tag?: string | undefined }): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}

/** The same without the registry's host, where a column has no room for what all of them share. */
export function pathOfImage(image: Parameters<typeof nameOfImage>[0]): string {
  return nameOfImage(image).replace(/^[^/]*[.:][^/]*\//, '');
}
