import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';

/** `repository:tag`, the repository alone where no tag is known. */
export function nameOfImage({
  repository,
  tag,
}: Pick<ImageReport, 'repository'> & { tag?: string | undefined }): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}
