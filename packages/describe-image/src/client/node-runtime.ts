import type * as Crypto from 'node:crypto';
import { createSignerOn } from '../protocol/signing/signer.ts';
import { nodeTransport } from '../transport/node/node-transport.ts';
import { type Runtime, type RuntimeSigner, waitByTimer } from './runtime.ts';

/** Node: `node:crypto` for signatures, sockets for requests. */
export const nodeRuntime: Runtime = {
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
  wait: waitByTimer,
  openSigner() {
    // Node before 20.16 has no synchronous way to load a built-in module in both module systems.
    const crypto = process.getBuiltinModule?.('node:crypto');
    return crypto === undefined ? import('node:crypto').then(signerOver) : signerOver(crypto);
  },
  openTransport: ({ concurrency, proxy, tls, transport }) =>
    nodeTransport({ maxSockets: concurrency, proxy, tls, transport }),
  hasSockets: true,
};

const NONCE_BYTES = 16;
const POOL_BYTES = 4096;

function signerOver(crypto: typeof Crypto): RuntimeSigner {
  // Nonces are cut from one larger block of random bytes, so that the system is called once for many.
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  return {
    sign: createSignerOn(crypto).sign,
    nonce() {
      if (used === POOL_BYTES) {
        crypto.randomFillSync(pool);
        used = 0;
      }
      used += NONCE_BYTES;
      return pool.toString('hex', used - NONCE_BYTES, used);
    },
  };
}
