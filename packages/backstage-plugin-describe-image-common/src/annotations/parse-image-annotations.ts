import type { Entity } from '@backstage/catalog-model';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  INSTANCE_ANNOTATION,
  NOTIFICATIONS_ANNOTATION,
} from './annotations.ts';
import type { AnnotationFault, DeclaredImage, ImageDeclaration } from './declared-image.ts';
import { type AnnotationItem, faultAt, parseImageItem } from './parse-image-item.ts';

/** Bounds the number of requests that one page can cause. The text of the fault `too-many` has the same number. */
const MAX_IMAGES = 100;
const INSTANCE_NAME = /^[\w.-]{1,63}$/;

/**
 * Parses the annotations of an entity. Never throws: each invalid item becomes a fault with its line, its column and a remedy.
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
    const parsed = parseImageItem(item);
    if ('message' in parsed) faults.push(parsed);
    else if (images.some(({ key }) => key === parsed.key)) faults.push(faultAt(item, 'duplicate'));
    else if (images.length === MAX_IMAGES) faults.push(faultAt(item, 'too-many'));
    else images.push(parsed);
  }
  const notifications = notificationsOf(entity, faults);
  const instance = annotationOf(entity, INSTANCE_ANNOTATION)?.trim();
  if (instance === undefined) return { ...notifications, images, faults };
  if (INSTANCE_NAME.test(instance)) return { instance, ...notifications, images, faults };
  const item = { text: instance, place: { annotation: INSTANCE_ANNOTATION, line: 1, column: 1 } };
  const fault = faultAt(item, 'instance');
  // Without a valid instance, the images could be requested from the wrong account.
  return { images: [], faults: [fault, ...faults] };
}

/** Adds a fault for an unknown value, and notifies as without the annotation. */
function notificationsOf(entity: Entity, faults: AnnotationFault[]): Pick<ImageDeclaration, 'notifications'> {
  const text = annotationOf(entity, NOTIFICATIONS_ANNOTATION)?.trim();
  if (text === undefined) return {};
  if (text === 'all' || text === 'releases' || text === 'none') return { notifications: text };
  const place = { annotation: NOTIFICATIONS_ANNOTATION, line: 1, column: 1 };
  faults.push(faultAt({ text, place }, 'notifications'));
  return {};
}

function itemsOf(entity: Entity): AnnotationItem[] {
  return [CONTAINER_IMAGES_ANNOTATION, CONTAINER_IMAGE_IDS_ANNOTATION].flatMap((annotation) =>
    splitAnnotation(annotation, annotationOf(entity, annotation) ?? ''),
  );
}

/** The catalog does not guarantee that annotations are strings. */
function annotationOf(entity: Entity, name: string): string | undefined {
  const value: unknown = entity.metadata.annotations?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Splits at commas and line ends. Skips empty items, and lines that start with `#`. */
function splitAnnotation(annotation: string, value: string): AnnotationItem[] {
  return value.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (line.trimStart().startsWith('#')) return [];
    let offset = 0;
    return line.split(',').flatMap((item) => {
      const text = item.trim();
      const column = offset + item.length - item.trimStart().length + 1;
      offset += item.length + 1;
      return text === '' ? [] : [{ text, place: { annotation, line: index + 1, column } }];
    });
  });
}
