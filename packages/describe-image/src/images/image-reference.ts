import { ValidationError } from '../errors/errors.ts';
import { type ImageDigest, normalizeDigest } from '../operations/image-digest.ts';
import { parseRegistryHost, type RegistryHost } from './registry-host.ts';

/** An image reference taken apart. */
export interface ImageReference {
  /** What stands before the first slash when it names a registry or a Container Registry instance. */
  readonly registry: RegistryHost | undefined;
  /** Path between registry and repository, for example `platform`. Empty when there is none. */
  readonly namespace: string;
  /** Last part of the path. */
  readonly repository: string;
  /** `latest` when the reference names neither tag nor digest; absent when it names a digest only. */
  readonly tag: string | undefined;
  readonly digest: ImageDigest | undefined;
}

const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^([a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*|\[[\da-f:]+])(:\d+)?$/i;

/**
 * Takes apart `[host[:port]/][namespace/]repository[:tag][@sha256:digest]`.
 *
 * @throws {@link ValidationError} naming the part that is wrong.
 *
 * @example
 * ```ts
 * import { parseImageReference } from '@describe-image/core/images';
 *
 * const { repository, tag } = parseImageReference('acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/api:1.8.0');
 * console.log(repository, tag); // api 1.8.0
 * ```
 *
 * @see {@link https://github.com/distribution/reference | The reference grammar of the distribution project}
 * @public
 */
export function parseImageReference(reference: string): ImageReference {
  const refuse = (what: string): never => {
    throw new ValidationError(`image reference ${JSON.stringify(reference)}: ${what}`);
  };
  const [name = '', ...digests] = reference.trim().split('@');
  if (digests.length > 1) refuse('there is more than one @');
  const digest = digests[0] === undefined ? undefined : normalizeDigest(digests[0]);
  if (digests[0] !== undefined && (digest === undefined || !digests[0].includes(':')))
    refuse('what follows @ must be sha256: and 64 hex digits');

  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (isRegistry(first) && !HOST.test(first))
    refuse(`the registry ${JSON.stringify(first)} must be a host, with a port or without, and no scheme`);
  const registry = isRegistry(first) ? parseRegistryHost(first) : undefined;
  const [path = '', tag, ...rest] = (registry === undefined ? name : name.slice(slash + 1)).split(':');
  if (rest.length > 0) refuse('there is more than one : after the registry');
  if (tag !== undefined && !TAG.test(tag))
    refuse(
      `the tag ${JSON.stringify(tag)} must be 1 to 128 letters, digits, _ . -, and begin with none of . -`,
    );

  const components = path.split('/');
  for (const component of components)
    if (!PATH_COMPONENT.test(component))
      refuse(
        `${JSON.stringify(component)} must be lower-case letters and digits, with single . _ or - between them`,
      );
  return {
    registry,
    namespace: components.slice(0, -1).join('/'),
    repository: components.at(-1) ?? '',
    tag: tag ?? (digest === undefined ? 'latest' : undefined),
    digest,
  };
}

/** A first component is a registry when it could not be a namespace, or is the id of a registry instance. */
function isRegistry(first: string): boolean {
  return /[.:]/.test(first) || first === 'localhost' || /^cri-\w+$/.test(first);
}
