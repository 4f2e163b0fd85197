import type { Runtime } from '../client/runtime.ts';
import { sleep } from '../client/sleep.ts';
import { fetchSend } from '../transport/fetch-send.ts';
import { signWithWebCrypto } from './sign-with-webcrypto.ts';

/** Edge workers, Deno, Bun: WebCrypto for signatures, `fetch` for requests. */
export const webRuntime: Runtime = {
  now: Date.now,
  random: Math.random,
  nonce: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
  sleep,
  sign: signWithWebCrypto,
  // Looked up at each request: hosts and tests may replace it.
  openTransport: () => ({ send: fetchSend((url, init) => fetch(url, init)) }),
};
