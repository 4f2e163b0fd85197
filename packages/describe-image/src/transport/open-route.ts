import type { Endpoint } from '../protocol/request.ts';
import { isNodeHttpHooked } from './node-http-hooks.ts';
import type { ProxySetting } from './proxy-setting.ts';
import { openSocketRoute } from './socket/socket-route.ts';
import { readTlsSettings, type TlsSettings } from './tls-context.ts';
import type { Transport } from './transport.ts';

/** How Node's default transport connects. */
export interface NodeTransportOptions {
  /** Sockets to one origin. More requests than these wait. */
  readonly maxSockets: number;
  readonly proxy: ProxySetting;
  readonly tls?: TlsSettings | undefined;
  /** `node:http` for every request. Default: own sockets wherever no proxy and no hook of `node:http` is in place. */
  readonly transport?: 'node:http' | undefined;
}

/** Own sockets for the direct route. `node:http` for proxies, where programs hook it, and where the caller asks for it. */
export async function openRoute(endpoint: Endpoint, options: NodeTransportOptions): Promise<Transport> {
  const { maxSockets, proxy, tls, transport } = options;
  const target = endpoint.protocol === 'https:' ? await readTlsSettings(tls) : {};
  const needsNodeHttp = transport === 'node:http' || mayNeedProxy(proxy) || (await isNodeHttpHooked());
  if (!needsNodeHttp) return openSocketRoute(endpoint, target);
  const { openHttpRoute } = await import('./http-route.ts');
  return openHttpRoute(endpoint, maxSockets, proxy, target);
}

/** Most environments have no proxy variables and need not load what reads them. */
function mayNeedProxy(setting: ProxySetting): boolean {
  if (setting !== 'environment') return setting !== false;
  return Object.keys(process.env).some((name) => /^(?:https?|all)_proxy$/i.test(name));
}
