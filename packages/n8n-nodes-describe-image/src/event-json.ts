import type { ImageEvent } from '@describe-image/core/images';
import type { IDataObject } from 'n8n-workflow';
import { repositoryOf } from './simple-image.ts';
import { toJson } from './to-json.ts';

/** An event as the item that a workflow gets. */
export function eventJson({ image, kind, id, observedAt, ...what }: ImageEvent): IDataObject {
  const { regionId, instanceId, repoId, tag } = image;
  const repository = repositoryOf(image);
  const digest = 'to' in what ? what.to : image.digest;
  return toJson({
    event: kind,
    image: `${repository}:${tag ?? ''}`,
    repository,
    tag,
    digest,
    ...what,
    observedAt,
    regionId,
    instanceId,
    repoId,
    id,
  });
}
