import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';

/** `repository:tag`, or only the repository if the tag is unknown. */
export function imageName({
  repository,
  tag,
}: Pick<ImageReport, 'repository'> & { tag?: string | undefined }): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}

/** {@link imageName} without the registry host, for narrow columns. */
export function imagePath(image: Parameters<typeof imageName>[0]): string {
  return imageName(image).replace(/^[^/]*[.:][^/]*\//, '');
}
