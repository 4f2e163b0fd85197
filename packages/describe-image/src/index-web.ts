import type { ClientOptions } from './client/client-options.ts';
import { type Client, createClientOn } from './client/create-client.ts';
import { webRuntime } from './web/web-runtime.ts';

/** Creates a client over `fetch` and WebCrypto, with the same options as the client for Node. @public */
export function createClient(options: ClientOptions): Client {
  return createClientOn(webRuntime, options);
}

export * from './public-names.ts';
