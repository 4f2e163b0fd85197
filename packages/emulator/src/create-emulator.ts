import type { AddressInfo } from 'node:net';
import type { EmulatorClock } from './clock.ts';
import { type EmulatorOptions, resolveEmulatorOptions } from './emulator-options.ts';
import { answerRequest, type GatewayParts } from './gateway/gateway.ts';
import { KeyRing } from './gateway/key-ring.ts';
import { NonceMemory } from './gateway/nonce-memory.ts';
import { RequestIds } from './gateway/request-ids.ts';
import { createHttpServer } from './http-server.ts';
import { SAS_OPERATIONS } from './operations/sas-operations.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { World } from './world/world.ts';

/** A running emulator. */
export interface Emulator {
  /** Where the API answers, for example `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, oldest first; signatures and tokens redacted. */
  readonly requests: readonly LoggedRequest[];
  readonly clock: EmulatorClock;
  /** Images, tags and scans. */
  readonly state: World;
  /** Back to the seed: images, keys, nonces, log and request ids. The clock stays where it is. */
  reset(): void;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts Alibaba Cloud Security Center's image API on this machine.
 *
 * @throws {SeedError} when the seed does not have the documented shape.
 * @throws {RangeError} when an option is out of range.
 *
 * @example
 * ```ts
 * const emulator = await createEmulator();
 * console.log(emulator.url);
 * await emulator.close();
 * ```
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const resolved = resolveEmulatorOptions(options);
  const { clock, seed } = resolved;
  const log = new RequestLog(resolved.requestLogLimit);
  let parts = freshParts();

  function freshParts(): GatewayParts {
    log.clear();
    return {
      clock,
      log,
      assumptions: resolved.assumptions,
      keys: new KeyRing(seed, clock.now()),
      nonces: new NonceMemory(NONCE_MEMORY_MS),
      requestIds: new RequestIds(seed.name ?? 'world'),
      world: new World(seed, clock, resolved.assumptions),
      operations: SAS_OPERATIONS,
    };
  }

  const server = createHttpServer(
    (request) => answerRequest(request, parts),
    () => clock.now(),
  );
  await server.listen({ port: resolved.port, host: resolved.host });
  const { port } = listeningAddress(server.server.address());

  return {
    url: `http://${resolved.host.includes(':') ? `[${resolved.host}]` : resolved.host}:${port}`,
    port,
    clock,
    get requests() {
      return log.entries;
    },
    get state() {
      return parts.world;
    },
    reset() {
      parts = freshParts();
    },
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

const NONCE_MEMORY_MS = 15 * 60_000;

function listeningAddress(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the emulator listens on TCP only');
  return address;
}
