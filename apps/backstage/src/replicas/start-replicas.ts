import { createEmulator } from '@describe-image/emulator';
import { freePort, startPostgres, startRedis } from '@describe-image/services';
import { ARTIFACTS } from '../folders.ts';
import { type Backend, startBackend } from '../start-backend.ts';
import type { Host, HostOptions } from '../start-host.ts';
import { waitForCatalog } from '../wait-for-catalog.ts';
import { demoSeed } from '../world/demo-seed.ts';
import { readEntities } from '../world/read-entities.ts';
import { type SharedPort, sharePort } from './share-port.ts';

/** Two back ends behind one port, over one PostgreSQL and one Redis. */
export interface ReplicasHost extends Host {
  readonly front: SharedPort;
  /** Starts a further back end of the same cluster. */
  join(name: string, port: number): Promise<Backend>;
}

export async function startReplicas({ say, ...options }: HostOptions): Promise<ReplicasHost> {
  await using cleanup = new AsyncDisposableStack();
  say('starting PostgreSQL and Redis');
  const postgres = cleanup.use(await startPostgres(ARTIFACTS));
  const redis = cleanup.use(await startRedis(ARTIFACTS));
  const emulator = cleanup.use(await createEmulator({ seed: demoSeed }));
  const ports = [await freePort(), await freePort()];
  const front = cleanup.use(await sharePort(await freePort(), ports));
  const join = async (name: string, port: number): Promise<Backend> =>
    cleanup.use(
      await startBackend({
        name,
        port,
        url: front.url,
        endpoint: emulator.url,
        configs: ['app-config.replicas.yaml'],
        env: {
          POSTGRES_HOST: postgres.host,
          POSTGRES_PORT: String(postgres.port),
          POSTGRES_USER: postgres.user,
          POSTGRES_PASSWORD: postgres.password,
          REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        },
        ...options,
      }),
    );
  const backends: Backend[] = [];
  // One after the other: the first makes the databases.
  for (const [index, port] of ports.entries()) {
    say(`starting back end ${index + 1} of ${ports.length}`);
    backends.push(await join(`backend-${index + 1}`, port));
  }
  await waitForCatalog(front.url, readEntities().length);
  const kept = cleanup.move();
  return {
    emulator,
    url: front.url,
    backends,
    front,
    join,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
