import { loadModule } from './load-module.ts';

/** What `http.request` is in Node 20 to 24. Anything else means that a program replaced it. */
const UNHOOKED =
  /^function request\(url, options, cb\) \{\s*return new ClientRequest\(url, options, cb\);\s*\}$/;
/** The channels on which Node publishes the requests of `node:http`. */
const CHANNELS = ['http.client.request.created', 'http.client.request.start', 'http.client.response.finish'];

/**
 * Whether a program watches or replaces the requests of `node:http`, as nock, msw and OpenTelemetry do. Such a program must see the
 * client's requests too.
 */
export async function isNodeHttpHooked(): Promise<boolean> {
  const { hasSubscribers } = await loadModule('node:diagnostics_channel');
  if (CHANNELS.some((channel) => hasSubscribers(channel))) return true;
  // A module that is not loaded cannot be hooked. Where Node does not publish the list, load it and look.
  const loaded: unknown = Reflect.get(process, 'moduleLoadList');
  if (Array.isArray(loaded) && !loaded.includes('NativeModule http')) return false;
  const { request } = await loadModule('node:http');
  return !UNHOOKED.test(Function.prototype.toString.call(request));
}
