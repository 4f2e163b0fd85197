import {
  compareImageStates,
  IMAGE_STATES,
  type ImageState,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { knownFromStore } from '../images/known-images.ts';
import { acceptedIds } from '../images/look-up-sources.ts';
import { reportImage, reportUnknown, type VerificationLimit } from '../images/report-image.ts';
import type { Instances } from '../instances/open-instances.ts';
import type { RunningImages } from '../running/running-images.ts';
import { type ImageIdentity, nameOf } from '../store/image-identity.ts';
import type { ImageStore, StoredImage } from '../store/image-store.ts';
import type { WeightedImage } from './live-check-store.ts';

/** The images that entities declare, each with its worst state and the number of entities that declare it. */
export interface WeighedImage extends WeightedImage {
  readonly state: ImageState;
}

/** Weighs the live checks of all declared images: more for worse states, and for images that more entities declare. */
export async function weighImages(
  {
    instances,
    store,
    running,
    ...limit
  }: VerificationLimit & {
    readonly instances: Instances;
    readonly store: Pick<ImageStore, 'latest'>;
    readonly running: Pick<RunningImages, 'addStored'>;
  },
  entities: readonly DeclaringEntity[],
): Promise<readonly WeighedImage[]> {
  const declarations = entities.flatMap(({ entityRef, declaration }) => {
    const instance = instances.find(declaration.instance);
    return instance === undefined
      ? []
      : declaration.images.map((declared) => {
          const identity: ImageIdentity = { instance: instance.name, key: declared.key };
          return { entityRef, name: nameOf(identity), identity, instance, declared };
        });
  });
  const identities = new Map(declarations.map(({ name, identity }) => [name, identity]));
  const stored = new Map<string, StoredImage>();
  for (const image of await store.latest([...identities.values()])) stored.set(nameOf(image.identity), image);

  const reports = await running.addStored(
    declarations.map(({ entityRef, name, instance, declared }) => {
      const image = stored.get(name);
      const report = image
        ? reportImage(instance, declared, { known: knownFromStore(image), fromCache: true }, limit)
        : reportUnknown(instance, declared, limit);
      return { entityRef, report };
    }),
  );

  const weighed = new Map<string, WeighedImage & { readonly count: number }>();
  for (const [index, { name, identity, declared }] of declarations.entries()) {
    const state = reports[index]?.state ?? 'not-verified';
    const earlier = weighed.get(name);
    const worst = earlier && compareImageStates(earlier.state, state) < 0 ? earlier.state : state;
    const count = (earlier?.count ?? 0) + 1;
    const ids = typeof declared.target === 'string' ? undefined : acceptedIds(declared.target);
    weighed.set(name, { identity, ids, state: worst, count, weight: weightOf(worst, count) });
  }
  return [...weighed.values()];
}

/** From 10 for a clean image of one entity to 55 for the worst state. Each doubling of the entities adds the same again. */
function weightOf(state: ImageState, entities: number): number {
  const badness = IMAGE_STATES.length - 1 - IMAGE_STATES.indexOf(state);
  return Math.round((10 + 5 * badness) * (1 + Math.log2(entities)));
}
