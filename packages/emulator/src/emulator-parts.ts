import type { ResolvedEmulatorOptions } from './emulator-options.ts';
import { Faults } from './faults/faults.ts';
import type { GatewayParts } from './gateway/gateway.ts';
import { KeyRing } from './gateway/key-ring.ts';
import { NonceMemory } from './gateway/nonce-memory.ts';
import { RequestIds } from './gateway/request-ids.ts';
import { Throttle } from './gateway/throttle.ts';
import type { MetadataParts } from './metadata/answer-metadata.ts';
import { MetadataService } from './metadata/metadata-service.ts';
import { OPERATIONS } from './operations/operations.ts';
import { RequestLog } from './request-log.ts';
import { type EmulatorSnapshot, parseSnapshot } from './snapshot.ts';
import { Roles } from './sts/roles.ts';
import { Sessions } from './sts/sessions.ts';
import { World } from './world/world.ts';

/** Everything an emulator consists of except the server, and how its state is reset and restored. */
export interface EmulatorParts extends GatewayParts, MetadataParts {
  reset(): void;
  snapshot(): EmulatorSnapshot;
  /** @throws {RangeError} when the value is not a snapshot, or is of another seed. */
  restore(snapshot: unknown): void;
}

/** Creates the parts of an emulator. */
export function createParts(options: ResolvedEmulatorOptions): EmulatorParts {
  const { clock, seed, assumptions } = options;
  const name = seed.name ?? 'world';
  const keys = new KeyRing();
  const roles = new Roles(seed);
  const sessions = new Sessions(name, keys, roles);
  const metadata = new MetadataService(name, roles, sessions);
  const nonces = new NonceMemory(Number(assumptions.nonceMemoryMinutes) * 60_000);
  const throttle = new Throttle(assumptions.retryAfterHeader === 'send');
  const requestIds = new RequestIds(name);
  const log = new RequestLog(options.requestLogLimit, options.onRequest);
  const world = new World(seed, clock, assumptions);
  const faults = new Faults(name, seed.faults ?? []);
  keys.reset(seed, clock.now());

  return {
    clock,
    assumptions,
    keys,
    roles,
    sessions,
    metadata,
    nonces,
    throttle,
    requestIds,
    log,
    world,
    faults,
    lenient: options.lenient,
    operations: OPERATIONS,
    reset() {
      keys.reset(seed, clock.now());
      sessions.restore([]);
      metadata.reset();
      nonces.clear();
      throttle.clear();
      requestIds.count = 0;
      log.clear();
      world.reset();
      faults.reset();
    },
    snapshot: () => ({
      version: 1,
      seed: name,
      time: clock.now(),
      requestIds: requestIds.count,
      world: world.snapshot(),
      faults: faults.list(),
      sessions: sessions.records(),
      nonces: nonces.entries(),
    }),
    restore(value) {
      const snapshot = parseSnapshot(value);
      if (snapshot.seed !== name) {
        throw new RangeError(
          `snapshot.seed: must be the seed of this emulator, "${name}", got "${snapshot.seed}"`,
        );
      }
      clock.set(snapshot.time);
      keys.reset(seed, clock.now());
      sessions.restore(snapshot.sessions);
      metadata.reset();
      nonces.restore(snapshot.nonces);
      throttle.clear();
      requestIds.count = snapshot.requestIds;
      world.restore(snapshot.world);
      faults.restore(snapshot.faults);
    },
  };
}
