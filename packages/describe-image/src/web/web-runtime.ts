import { type Runtime, waitByTimer } from '../client/runtime.ts';
import { fetchSend } from '../transport/fetch-send.ts';
import { transportOver } from '../transport/transport-over-send.ts';
import { createWebSign, hex } from './sign-with-webcrypto.ts';

/** Edge workers, Deno, Bun: WebCrypto for signatures, `fetch` for requests. */
export const webRuntime: Runtime = {
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
  wait: waitByTimer,
  openSigner: () => ({
    nonce: () => hex(crypto.getRandomValues(new Uint8Array(16))),
    sign: createWebSign(),
  }),
  // Looked up at each request: hosts and tests may replace it.
  openTransport: () => transportOver(fetchSend((url, init) => fetch(url, init))),
  hasSockets: false,
};
