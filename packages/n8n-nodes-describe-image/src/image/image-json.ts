import { assessRisk, type ImageEvent } from '@describe-image/core/images';
import type { Image } from '@describe-image/core/protocol';
import type { IDataObject } from 'n8n-workflow';

/** Converts a result to JSON for the next node. Dates become ISO text; `undefined` becomes null, so that conditions can test it. */
export function toJson(value: object): IDataObject {
  return JSON.parse(
    JSON.stringify(value, (_, field: unknown) => (field === undefined ? null : field)),
  ) as IDataObject; // `value` is an object, so its JSON is one too
}

/** The output of a listed image with Simplify on. */
export function simpleImageJson(image: Image): IDataObject {
  const { regionId, instanceId, repoId, tag, digest, registryType, lastScanTime, imageUpdate } = image;
  return toJson({
    repository: repositoryOf(image),
    tag,
    digest,
    riskState: assessRisk(image).state,
    lastScanTime,
    imageUpdate,
    registryType,
    regionId,
    instanceId,
    repoId,
  });
}

/** The output of a trigger event. */
export function eventJson({ image, kind, id, observedAt, ...change }: ImageEvent): IDataObject {
  const { regionId, instanceId, repoId, tag } = image;
  const repository = repositoryOf(image);
  const digest = 'to' in change ? change.to : image.digest;
  return toJson({
    event: kind,
    image: `${repository}:${tag ?? ''}`,
    repository,
    tag,
    digest,
    ...change,
    observedAt,
    regionId,
    instanceId,
    repoId,
    id,
  });
}

/** `namespace/name`, or `name` for a repository without a namespace. */
export function repositoryOf({ repoNamespace, repoName }: Image): string {
  return [repoNamespace, repoName].filter(Boolean).join('/');
}
