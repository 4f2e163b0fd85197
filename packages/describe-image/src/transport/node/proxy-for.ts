import { ValidationError } from '../../errors/errors.ts';
import type { Endpoint } from '../../protocol/request.ts';

/**
 * The source of proxies: `environment` reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (or their lower-case
 * forms) when the first request to a host is sent; a URL is used for every host; `false` connects directly.
 *
 * @public
 */
export type ProxySetting = 'environment' | false | (string & {});

/**
 * The proxy for an endpoint, if any. A proxy of the environment is not used for loopback addresses.
 *
 * @throws {@link ValidationError} for a proxy that is not an http(s) URL. Its text is not quoted, since it may contain a password.
 */
export function proxyFor(
  endpoint: Pick<Endpoint, 'protocol' | 'hostname' | 'port'>,
  setting: ProxySetting,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): URL | undefined {
  if (setting === false) return undefined;
  if (setting !== 'environment') return parseProxy('proxy', setting);
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  if (isLoopback(endpoint.hostname) || isExcluded(endpoint, read('NO_PROXY') ?? '')) return undefined;
  const name = endpoint.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = read(name) ?? read('ALL_PROXY');
  return value === undefined ? undefined : parseProxy(`${name} or ALL_PROXY`, value);
}

function parseProxy(name: string, text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    // Reported below.
  }
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ValidationError(`${name}: must be an http or https URL such as "http://proxy.example:3128"`);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** `NO_PROXY`: `*`, hosts and domain suffixes, each optionally with a port. */
function isExcluded({ hostname, port }: Pick<Endpoint, 'hostname' | 'port'>, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    const [, host = '', only] = /^(\[.*]|[^:]*)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (host === '' || (only !== undefined && Number(only) !== port)) return false;
    const suffix = host.replace(/^\*?\.?/, '');
    return host === '*' || hostname === suffix || hostname.endsWith(`.${suffix}`);
  });
}
