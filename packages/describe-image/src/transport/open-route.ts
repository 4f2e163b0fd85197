import type { Endpoint } from '../protocol/request.ts';
import { isNodeHttpHooked } from './node-http-hooks.ts';
import type { NodeTransportOptions } from './node-transport.ts';
import type { ProxySetting } from './proxy-setting.ts';
import { openSocketRoute } from './socket/socket-route.ts';
import { readTlsSettings } from './tls-context.ts';
import type { Transport } from './transport.ts';

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
