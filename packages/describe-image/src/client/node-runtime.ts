import * as crypto from 'node:crypto';
import { signRequest } from '../protocol/sign-request.ts';
import { nodeSend } from '../transport/node-send.ts';
import type { Runtime } from './runtime.ts';
import { sleep } from './sleep.ts';

const NONCE_BYTES = 16;
const POOL_BYTES = 4096;

/** Node: `node:crypto` for signatures, `node:http(s)` for requests. */
export const nodeRuntime: Runtime = {
  now: Date.now,
  random: Math.random,
  nonce: /* @__PURE__ */ createNonces(),
  sleep,
  sign: signRequest,
  openTransport: ({ concurrency, proxy }) => nodeSend({ maxSockets: concurrency, proxy }),
};

/** Asking the system for 16 bytes costs as much as for 4096. */
function createNonces(): () => string {
  let pool: Buffer | undefined;
  let used = POOL_BYTES;
  return () => {
    pool ??= Buffer.alloc(POOL_BYTES);
    if (used === POOL_BYTES) {
      crypto.randomFillSync(pool);
      used = 0;
    }
    used += NONCE_BYTES;
    return pool.toString('hex', used - NONCE_BYTES, used);
  };
}
