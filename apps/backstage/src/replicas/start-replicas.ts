import { createEmulator } from '@describe-image/emulator';
import { freePort, runProgram, startPostgres, startRedis } from '@describe-image/services';
import { ARTIFACTS } from '../folders.ts';
import { type Backend, startBackend } from '../start-backend.ts';
import type { Host, HostOptions } from '../start-host.ts';
import { waitForCatalog } from '../wait-for-catalog.ts';
import { demoSeed } from '../world/demo-seed.ts';
import { readEntities } from '../world/read-entities.ts';
import { sharePort } from './share-port.ts';

/** Several back ends with one database. */
export interface Replicas extends Host {
  /** Runs SQL in the database of a plugin, and returns the rows without a header. */
  query(plugin: string, sql: string): Promise<string>;
}

/** Starts two back ends behind one port, with a shared PostgreSQL and Redis, and waits until the catalog is complete. */
export async function startReplicas({ log, ...options }: HostOptions): Promise<Replicas> {
  await using cleanup = new AsyncDisposableStack();
  log('starting PostgreSQL and Redis');
  const postgres = cleanup.use(await startPostgres(ARTIFACTS));
  const redis = cleanup.use(await startRedis(ARTIFACTS));
  const emulator = cleanup.use(await createEmulator({ seed: demoSeed }));
  const ports = [await freePort(), await freePort()];
  const { url } = cleanup.use(await sharePort(await freePort(), ports));
  const backends: Backend[] = [];
  // One after the other, because the first creates the databases.
  for (const [index, port] of ports.entries()) {
    log(`starting back end ${index + 1} of ${ports.length}`);
    const backend = await startBackend({
      name: `backend-${index + 1}`,
      port,
      url,
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
    });
    backends.push(cleanup.use(backend));
  }
  await waitForCatalog(url, readEntities().length);
  const resources = cleanup.move();
  const query = async (plugin: string, sql: string): Promise<string> => {
    const { host, port, user, password } = postgres;
    const database = `postgres://${user}@${host}:${port}/backstage_plugin_${plugin}`;
    const env = { ...process.env, PGPASSWORD: password };
    const output = await runProgram(['psql', database, '-tAc', sql], { cwd: ARTIFACTS, env });
    return output.trim();
  };
  return { emulator, url, backends, query, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
