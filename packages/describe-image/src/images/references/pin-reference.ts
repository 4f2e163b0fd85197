import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import type { ImageReference } from './image-reference.ts';
import { pullDomain } from './registry-host.ts';

/** The fields of an inventory row that name its image. @public */
export type NamedRow = Pick<Image, 'repoNamespace' | 'repoName' | 'tag' | 'endpoints'>;

/** An image named by a reference, by its inventory row, or by both, for example a `ResolvedImage`. @public */
export interface NamedImage {
  readonly reference?: ImageReference | undefined;
  readonly image?: NamedRow | undefined;
}

/**
 * The name of a repository, `registry/namespace/repository`: each part from the reference, else from the inventory row. An
 * instance id is not a host that can be pulled from, so a domain of the row replaces it.
 *
 * @returns `undefined` if neither the reference nor the row has a repository.
 *
 * @example
 * ```ts
 * import { parseImageReference, repositoryName } from '@describe-image/core/images';
 *
 * console.log(repositoryName(parseImageReference('shop/api:1.8.0'))); // shop/api
 * ```
 *
 * @public
 */
export function repositoryName(reference: ImageReference | undefined, row?: NamedRow): string | undefined {
  const repository = reference?.repository ?? row?.repoName;
  if (repository === undefined) return undefined;
  const { registry } = reference ?? {};
  const domain = row && pullDomain(row);
  const host =
    registry === undefined || registry.kind === 'instance' ? (domain ?? registry?.host) : registry.host;
  return [host, reference?.namespace || row?.repoNamespace, repository].filter(Boolean).join('/');
}

/**
 * The pinned reference of an image, `registry/namespace/repository:tag@sha256:…`: what a deployment pulls. The registry is the
 * reference's, else a domain of the inventory row, preferably a public one.
 *
 * @param named - A reference, an inventory row, or both.
 * @returns `undefined` if neither the reference nor the row has a repository.
 *
 * @example
 * ```ts
 * import { parseImageReference, pinReference } from '@describe-image/core/images';
 *
 * const reference = parseImageReference('acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0');
 * console.log(pinReference({ reference }, `sha256:${'0'.repeat(64)}`));
 * // acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0@sha256:0000…
 * ```
 *
 * @public
 */
export function pinReference(
  named: NamedImage & { readonly reference: ImageReference },
  digest: ImageDigest,
): string;
/** Pins an image without a reference. @public */
export function pinReference(named: NamedImage, digest: ImageDigest): string | undefined;
export function pinReference(named: NamedImage, digest: ImageDigest): string | undefined {
  const { reference, image } = named;
  const name = repositoryName(reference, image);
  const tag = reference === undefined ? image?.tag : reference.tag;
  return name && `${name}${tag === undefined ? '' : `:${tag}`}@${digest}`;
}
