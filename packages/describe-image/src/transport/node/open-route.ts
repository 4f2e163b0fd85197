import type { Endpoint } from '../../protocol/request.ts';
import type { Transport } from '../transport.ts';
import { isNodeHttpHooked } from './node-http-hooks.ts';
import type { ProxySetting } from './proxy-for.ts';
import { openSocketRoute } from './socket/socket-route.ts';
import { readTlsOptions, type TlsOptions } from './tls-options.ts';

/** How Node's default transport connects. */
export interface NodeTransportOptions {
  /** Sockets to one origin. More requests than these wait. */
  readonly maxSockets: number;
  readonly proxy: ProxySetting;
  readonly tls?: TlsOptions | undefined;
  /** `node:http` for every request. @defaultValue own sockets, unless there is a proxy or a hook of `node:http` */
  readonly transport?: 'node:http' | undefined;
}

/** A route of own sockets, or of `node:http` if it may need a proxy, if a program hooks `node:http`, or if the options select it. */
export async function openRoute(endpoint: Endpoint, options: NodeTransportOptions): Promise<Transport> {
  const { maxSockets, proxy, tls, transport } = options;
  const target = endpoint.protocol === 'https:' ? await readTlsOptions(tls) : {};
  const needsNodeHttp = transport === 'node:http' || mayNeedProxy(proxy) || (await isNodeHttpHooked());
  if (!needsNodeHttp) return openSocketRoute(endpoint, target);
  const { openHttpRoute } = await import('./http-route.ts');
  return openHttpRoute(endpoint, maxSockets, proxy, target);
}

/** Without proxy variables, the module that reads them is not loaded. */
function mayNeedProxy(setting: ProxySetting): boolean {
  if (setting !== 'environment') return setting !== false;
  return Object.keys(process.env).some((name) => /^(?:https?|all)_proxy$/i.test(name));
}
