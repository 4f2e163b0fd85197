import type { ClientOptions } from './client/client-options.ts';
import { type Client, createClientOn } from './client/create-client.ts';
import { webRuntime } from './web/web-runtime.ts';

/** Makes a client over `fetch` and WebCrypto. The options and the client are those of Node's entry. */
export function createClient(options: ClientOptions): Client {
  return createClientOn(webRuntime, options);
}

export * from './public-names.ts';
