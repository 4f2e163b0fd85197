import { ValidationError } from '../../errors/errors.ts';
import { type ImageDigest, normalizeDigest } from '../../operations/image-digest.ts';
import { parseRegistryHost, type RegistryHost } from './registry-host.ts';

/** The parts of an image reference. @public */
export interface ImageReference {
  /** The part before the first slash, if it is a registry host or the id of a Container Registry instance. */
  readonly registry: RegistryHost | undefined;
  /** Path between registry and repository, for example `platform`. Empty if there is none. */
  readonly namespace: string;
  /** Last part of the path. */
  readonly repository: string;
  /** `latest` if the reference has neither tag nor digest; absent if it has only a digest. */
  readonly tag: string | undefined;
  readonly digest: ImageDigest | undefined;
}

const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^([a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*|\[[\da-f:]+])(:\d+)?$/i;

/**
 * Parses `[host[:port]/][namespace/]repository[:tag][@sha256:digest]`.
 *
 * @throws {@link ValidationError} that names the invalid part.
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
  if (digests.length > 1) refuse('must contain at most one @');
  const digest = digests[0] === undefined ? undefined : normalizeDigest(digests[0]);
  if (digests[0] !== undefined && (digest === undefined || !digests[0].includes(':')))
    refuse('the text after @ must be sha256: and 64 hex digits');

  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (isRegistry(first) && !HOST.test(first))
    refuse(`the registry must be a host with an optional port and no scheme, got ${JSON.stringify(first)}`);
  const registry = isRegistry(first) ? parseRegistryHost(first) : undefined;
  const [path = '', tag, ...rest] = (registry === undefined ? name : name.slice(slash + 1)).split(':');
  if (rest.length > 0) refuse('must contain at most one : after the registry');
  if (tag !== undefined && !TAG.test(tag))
    refuse(
      `the tag must be 1 to 128 letters, digits, "_", "." or "-", and must not start with "." or "-", got ${JSON.stringify(tag)}`,
    );

  const components = path.split('/');
  for (const component of components)
    if (!PATH_COMPONENT.test(component))
      refuse(
        `each part of the path must be lower-case letters and digits, separated by single ".", "_" or "-", got ${JSON.stringify(component)}`,
      );
  return {
    registry,
    namespace: components.slice(0, -1).join('/'),
    repository: components.at(-1) ?? '',
    tag: tag ?? (digest === undefined ? 'latest' : undefined),
    digest,
  };
}

/** The first component is a registry if it cannot be a namespace, or if it is the id of a registry instance. */
function isRegistry(first: string): boolean {
  return /[.:]/.test(first) || first === 'localhost' || /^cri-\w+$/.test(first);
}
