import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { knownFromStore } from '../images/known-images.ts';
import {
  reportImage,
  reportUnknown,
  reportWithoutInstance,
  type VerificationLimit,
} from '../images/report-image.ts';
import type { Instances } from '../instances/open-instances.ts';
import { nameOf } from '../store/image-identity.ts';
import type { ImageStore } from '../store/image-store.ts';
import type { Declaration } from './declaration.ts';

/** What {@link reportStored} needs. */
export interface StoredReportOptions extends VerificationLimit {
  readonly instances: Pick<Instances, 'find'>;
  readonly store: Pick<ImageStore, 'latest'>;
}

/** Reports the last known state of images, in the order given. Reads only the database. */
export async function reportStored(
  { instances, store, ...limit }: StoredReportOptions,
  declarations: readonly Declaration[],
): Promise<readonly ImageReport[]> {
  const identities = declarations.flatMap(({ instance, image: { key } }) => {
    const name = instances.find(instance)?.name;
    return name === undefined ? [] : [{ instance: name, key }];
  });
  const latest = await store.latest(identities);
  const stored = new Map(latest.map((image) => [nameOf(image.identity), image]));

  return declarations.map(({ instance: name, image: declared }) => {
    const instance = instances.find(name);
    if (instance === undefined)
      return reportWithoutInstance({ ...(name && { instance: name }) }, declared, limit);
    const image = stored.get(nameOf({ instance: instance.name, key: declared.key }));
    if (image === undefined) return reportUnknown(instance, declared, limit);
    const known = { known: knownFromStore(image), fromCache: true };
    return reportImage(instance, declared, known, limit);
  });
}
