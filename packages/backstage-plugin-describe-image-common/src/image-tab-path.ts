import { type CompoundEntityRef, parseEntityRef } from '@backstage/catalog-model';

/** Query parameter of the tab "Images" that selects an image by its key. @public */
export const IMAGE_PARAMETER = 'image';

/**
 * The path of the tab "Images" of an entity, and of one image on it.
 *
 * @example
 * ```ts
 * import { imageTabPath } from '@describe-image/backstage-plugin-describe-image-common';
 *
 * console.log(imageTabPath('component:default/checkout', 'shop/checkout:1.4.2'));
 * // /catalog/default/component/checkout/images?image=shop%2Fcheckout%3A1.4.2
 * ```
 *
 * @public
 */
export function imageTabPath(entityRef: string | CompoundEntityRef, imageKey?: string): string {
  const { kind, namespace, name } = typeof entityRef === 'string' ? parseEntityRef(entityRef) : entityRef;
  const path = [namespace, kind.toLowerCase(), name].map(encodeURIComponent).join('/');
  const query = imageKey === undefined ? '' : `?${IMAGE_PARAMETER}=${encodeURIComponent(imageKey)}`;
  return `/catalog/${path}/images${query}`;
}
