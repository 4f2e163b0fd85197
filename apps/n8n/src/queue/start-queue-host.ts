import { type Postgres, type Redis, startPostgres, startRedis } from '@describe-image/services';
import { ARTIFACTS } from '../folders.ts';
import { type Host, type HostOptions, startHost } from '../start-host.ts';
import { startWorker, type Worker } from './start-worker.ts';

/** A main process of n8n that hands every execution to workers. */
export interface QueueHost extends Host {
  readonly workers: readonly Worker[];
}

/** Starts n8n in queue mode: Redis, PostgreSQL, one main process, two workers. */
export async function startQueueHost(options: HostOptions): Promise<QueueHost> {
  await using cleanup = new AsyncDisposableStack();
  options.say('starting Redis and PostgreSQL');
  const redis = cleanup.use(await startRedis(ARTIFACTS));
  const postgres = cleanup.use(await startPostgres(ARTIFACTS));
  const settings = { ...settingsOf(redis, postgres), ...QUEUE_SETTINGS };
  const host = cleanup.use(await startHost({ ...options, settings }));
  options.say('starting two workers');
  const workers: Worker[] = [];
  // One after the other: each takes a whole core until it is ready.
  for (const name of ['worker-1', 'worker-2'])
    workers.push(cleanup.use(await startWorker(name, host.settings)));
  const kept = cleanup.move();
  return { ...host, workers, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Where n8n finds its queue and its database. */
function settingsOf(
  redis: Redis,
  { host, port, user, password }: Postgres,
): Readonly<Record<string, string>> {
  return {
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: String(redis.port),
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: host,
    DB_POSTGRESDB_PORT: String(port),
    DB_POSTGRESDB_DATABASE: 'postgres',
    DB_POSTGRESDB_USER: user,
    DB_POSTGRESDB_PASSWORD: password,
  };
}

/**
 * n8n never gives the execution of a dead worker to another one, whatever the settings: it fails it. It notices when
 * the worker's lock has run out at the next look for such, then waits another 30 seconds for a late result. Its own
 * settings make that two minutes, these less than one.
 */
const QUEUE_SETTINGS = {
  EXECUTIONS_MODE: 'queue',
  OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
  QUEUE_WORKER_LOCK_DURATION: '10000',
  QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
  QUEUE_WORKER_STALLED_INTERVAL: '3000',
};
