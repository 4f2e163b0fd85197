import { type Runtime, waitByTimer } from '../client/runtime.ts';
import { fetchSend } from '../transport/fetch/fetch-send.ts';
import { transportOverSend } from '../transport/transport-over-send.ts';
import { createWebSigner } from './web-signer.ts';

/** Edge workers, Deno, Bun: WebCrypto for signatures, `fetch` for requests. */
export const webRuntime: Runtime = {
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
  wait: waitByTimer,
  openSigner: createWebSigner,
  // Looked up at each request: hosts and tests may replace it.
  openTransport: () => transportOverSend(fetchSend((url, init) => fetch(url, init))),
  hasSockets: false,
};
