import type {
  DeclaredImage,
  ImageDeclaration,
  ImageReport,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Instances } from '../clients/instance.ts';
import type { AskImage } from './ask-image.ts';
import { unknownInstance } from './failure-of.ts';
import { reportImage, reportUnknown } from './report-image.ts';

/** Reports on every image that an entity declares, in its order. One image's failure is that image's. */
export function reportImages(
  { instances, askImage, now }: { instances: Instances; askImage: AskImage; now: () => number },
  declaration: ImageDeclaration,
  { refresh, images = declaration.images }: { refresh: boolean; images?: readonly DeclaredImage[] },
): Promise<readonly ImageReport[]> {
  const instance = instances.find(declaration.instance);
  if (instance === undefined) {
    const nameless = { name: declaration.instance ?? '', consoleUrl: undefined };
    const failure = unknownInstance(declaration.instance, new Date(now()));
    return Promise.resolve(images.map((image) => reportUnknown(nameless, image, failure)));
  }
  return Promise.all(
    images.map(async (image) => reportImage(instance, image, await askImage(instance, image, { refresh }))),
  );
}
