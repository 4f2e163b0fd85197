import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { knownFromStore } from '../images/known-images.ts';
import {
  reportImage,
  reportUnknown,
  reportWithoutInstance,
  type VerificationLimit,
} from '../images/report-image.ts';
import type { Instances } from '../instances/open-instances.ts';
import type { RunningImages } from '../running/running-images.ts';
import { nameOf } from '../store/image-identity.ts';
import type { ImageStore } from '../store/image-store.ts';
import { type Declaration, parseDeclaration } from './declaration.ts';

/** What {@link reportStored} needs. */
export interface StoredReportOptions extends VerificationLimit {
  readonly instances: Pick<Instances, 'find'>;
  readonly store: Pick<ImageStore, 'latest'>;
  readonly running: Pick<RunningImages, 'addStored'>;
}

/** An image that an entity declares, from the copy of the entities. */
export interface StoredDeclaration {
  readonly entity_ref: string;
  /** A text for {@link parseDeclaration}. */
  readonly declaration: string;
}

/** Reports the last known state of images, in the order given. Reads only the database. */
export async function reportStored(
  { instances, store, running, ...limit }: StoredReportOptions,
  rows: readonly StoredDeclaration[],
): Promise<readonly ImageReport[]> {
  const declarations = rows.map(({ entity_ref, declaration }) => ({
    entityRef: entity_ref,
    ...parseDeclaration(declaration),
  }));
  const identities = declarations.flatMap(({ instance, image: { key } }) => {
    const name = instances.find(instance)?.name;
    return name === undefined ? [] : [{ instance: name, key }];
  });
  const latest = await store.latest(identities);
  const stored = new Map(latest.map((image) => [nameOf(image.identity), image]));

  return running.addStored(
    declarations.map(({ entityRef, ...declaration }) => ({ entityRef, report: report(declaration) })),
  );

  function report({ instance: name, image: declared }: Declaration): ImageReport {
    const instance = instances.find(name);
    if (instance === undefined)
      return reportWithoutInstance({ ...(name && { instance: name }) }, declared, limit);
    const image = stored.get(nameOf({ instance: instance.name, key: declared.key }));
    if (image === undefined) return reportUnknown(instance, declared, limit);
    const known = { known: knownFromStore(image), fromCache: true };
    return reportImage(instance, declared, known, limit);
  }
}
