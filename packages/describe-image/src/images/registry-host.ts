/** What the name of a registry tells about where its images are. */
export interface RegistryHost {
  /** As written, with its port. */
  readonly host: string;
  /** `instance` when an instance id stands in the place of a host. `other` for registries outside Container Registry. */
  readonly kind: 'enterprise' | 'personal' | 'instance' | 'other';
  readonly regionId: string | undefined;
  /** The instance's id, where the text holds it. */
  readonly instanceId: string | undefined;
  /** The same registry by its public name: without `-vpc` or `-internal`. */
  readonly publicHost: string;
}

// acme-registry.cn-hangzhou.cr.aliyuncs.com, and -vpc, -internal forms
const ENTERPRISE = /^([\w-]+?)(?:-vpc|-internal)?\.([a-z]{2}-[a-z0-9-]+)\.cr\.aliyuncs\.com$/;
// registry.cn-hangzhou.aliyuncs.com, on the international site registry-intl, and -vpc, -internal forms
const PERSONAL = /^(registry(?:-intl)?)(?:-vpc|-internal)?\.([a-z]{2}-[a-z0-9-]+)\.aliyuncs\.com$/;
// crpi-….cn-hangzhou.personal.cr.aliyuncs.com
const PERSONAL_INSTANCE =
  /^(crpi-\w+)(?:-vpc|-internal)?\.([a-z]{2}-[a-z0-9-]+)\.personal\.cr\.aliyuncs\.com$/;

/**
 * Reads the host names of Alibaba Cloud Container Registry.
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
