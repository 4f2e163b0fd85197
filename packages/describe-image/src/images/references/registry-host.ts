import type { Image } from '../../operations/image.ts';
import { isObject } from '../../protocol/is-object.ts';

/** The registry part of an image reference, and what its name shows about the registry. @public */
export interface RegistryHost {
  /** As written, with its port. */
  readonly host: string;
  /** `instance` when an instance id stands in the place of a host. `other` for registries outside Container Registry. */
  readonly kind: 'enterprise' | 'personal' | 'instance' | 'other';
  readonly regionId: string | undefined;
  /** The id of the registry instance, if the text contains it. */
  readonly instanceId: string | undefined;
  /** The public host name of the same registry: without `-vpc` or `-internal`. */
  readonly publicHost: string;
}

// acme-registry.cn-hangzhou.cr.aliyuncs.com, and its -vpc and -internal forms
const ENTERPRISE = /^([\w-]+?)(?:-vpc|-internal)?\.([a-z]{2}-[a-z0-9-]+)\.cr\.aliyuncs\.com$/;
// registry.cn-hangzhou.aliyuncs.com, on the international site registry-intl, and the -vpc and -internal forms
const PERSONAL = /^(registry(?:-intl)?)(?:-vpc|-internal)?\.([a-z]{2}-[a-z0-9-]+)\.aliyuncs\.com$/;
// crpi-….cn-hangzhou.personal.cr.aliyuncs.com
const PERSONAL_INSTANCE =
  /^(crpi-\w+)(?:-vpc|-internal)?\.([a-z]{2}-[a-z0-9-]+)\.personal\.cr\.aliyuncs\.com$/;

/**
 * Parses the host names of Alibaba Cloud Container Registry.
 *
 * @example
 * ```ts
 * import { parseRegistryHost } from '@describe-image/core/images';
 *
 * const { kind, regionId } = parseRegistryHost('acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com');
 * console.log(kind, regionId); // enterprise cn-hangzhou
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/acr/user-guide/use-a-container-registry-enterprise-edition-instance-to-push-and-pull-images | Enterprise Edition domains}
 * @public
 */
export function parseRegistryHost(host: string): RegistryHost {
  if (/^cri-\w+$/.test(host))
    return { host, kind: 'instance', regionId: undefined, instanceId: host, publicHost: host };
  const bare = host.toLowerCase().replace(/:443$/, '');
  const enterprise = ENTERPRISE.exec(bare);
  const personal = PERSONAL.exec(bare) ?? PERSONAL_INSTANCE.exec(bare);
  const match = enterprise ?? personal;
  const [, name = '', regionId] = match ?? [];
  return {
    host,
    kind: enterprise ? 'enterprise' : personal ? 'personal' : 'other',
    regionId,
    instanceId: undefined,
    publicHost: match ? bare.replace(/^[^.]+/, name) : bare,
  };
}

/**
 * The domains of a row's registry, in the row's order; empty if the row has none. Their shape is not documented, so every
 * observed shape is parsed.
 *
 * @example
 * ```ts
 * import { registryDomains } from '@describe-image/core/images';
 *
 * console.log(registryDomains({ endpoints: [{ type: 'internet', domains: ['registry.example'] }] }));
 * ```
 *
 * @public
 */
export function registryDomains(image: Pick<Image, 'endpoints'>): readonly string[] {
  const { endpoints } = image;
  const listed: readonly unknown[] = Array.isArray(endpoints) ? endpoints : [];
  const domains = listed.flatMap((endpoint) => {
    const named = isObject(endpoint) ? endpoint['domains'] : endpoint;
    return Array.isArray(named) ? named : [named];
  });
  return domains.filter((domain): domain is string => typeof domain === 'string' && domain !== '');
}

/** The domain to pull a row's image from: a public one if the row has one, else its first. */
export function pullDomain(image: Pick<Image, 'endpoints'>): string | undefined {
  const domains = registryDomains(image);
  return domains.find((domain) => parseRegistryHost(domain).publicHost === domain) ?? domains[0];
}
