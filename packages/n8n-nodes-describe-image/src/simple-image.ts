import { assessRisk } from '@describe-image/core/images';
import type { Image } from '@describe-image/core/protocol';
import type { IDataObject } from 'n8n-workflow';
import { toJson } from './to-json.ts';

/** The ten fields of a row that workflows use. */
export function simpleImage(image: Image): IDataObject {
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

/** `namespace/name`. */
export function repositoryOf({ repoNamespace, repoName }: Image): string {
  return [repoNamespace, repoName].filter(Boolean).join('/');
}
