import type { Entity } from '@backstage/catalog-model';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  INSTANCE_ANNOTATION,
} from './annotations.ts';
import type { AnnotationFault, DeclaredImage, ImageDeclaration } from './declared-image.ts';
import { parseImageItem } from './parse-image-item.ts';
import { type AnnotationItem, splitAnnotation } from './split-annotation.ts';

/** More would make one page ask for more than one page's worth. */
const MAX_IMAGES = 100;
const INSTANCE_NAME = /^[\w.-]{1,63}$/;

/**
 * Reads what an entity declares. Never throws: what cannot be read becomes a fault that names its line, column and remedy, and the
 * rest stands.
 *
 * @example
 * ```ts
 * import { parseImageAnnotations } from '@describe-image/backstage-plugin-describe-image-common';
 *
 * const { images, faults } = parseImageAnnotations({
 *   apiVersion: 'backstage.io/v1alpha1',
 *   kind: 'Component',
 *   metadata: {
 *     name: 'checkout',
 *     annotations: { 'alibabacloud.com/container-images': 'web = acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2' },
 *   },
 * });
 * console.log(images[0]?.label, faults.length); // web 0
 * ```
 *
 * @public
 */
export function parseImageAnnotations(entity: Entity): ImageDeclaration {
  const images: DeclaredImage[] = [];
  const faults: AnnotationFault[] = [];
  for (const item of itemsOf(entity)) {
    const read = parseImageItem(item);
    if ('message' in read) faults.push(read);
    else if (images.some(({ key }) => key === read.key))
      faults.push(faultAt(item, 'this image is declared twice; keep one of them'));
    else if (images.length === MAX_IMAGES)
      faults.push(
        faultAt(
          item,
          `an entity can declare at most ${MAX_IMAGES} images; move some to the components that run them`,
        ),
      );
    else images.push(read);
  }
  const instance = annotationOf(entity, INSTANCE_ANNOTATION)?.trim();
  if (instance === undefined) return { images, faults };
  if (INSTANCE_NAME.test(instance)) return { instance, images, faults };
  const place = { annotation: INSTANCE_ANNOTATION, line: 1, column: 1 };
  const message = 'an instance is named by letters, digits, _ . - as in the configuration of the back end';
  return { images: [], faults: [{ place, text: instance.slice(0, 200), message }, ...faults] };
}

function itemsOf(entity: Entity): AnnotationItem[] {
  return [CONTAINER_IMAGES_ANNOTATION, CONTAINER_IMAGE_IDS_ANNOTATION].flatMap((annotation) =>
    splitAnnotation(annotation, annotationOf(entity, annotation) ?? ''),
  );
}

/** Catalogs hold what people wrote: an annotation need not be text. */
function annotationOf(entity: Entity, name: string): string | undefined {
  const value: unknown = entity.metadata.annotations?.[name];
  return typeof value === 'string' ? value : undefined;
}

function faultAt({ text, place }: AnnotationItem, message: string): AnnotationFault {
  return { place, text: text.slice(0, 200), message };
}
