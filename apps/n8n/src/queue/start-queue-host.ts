import { type Postgres, type Redis, startPostgres, startRedis } from '@describe-image/services';
import { ARTIFACTS } from '../folders.ts';
import { type Host, type HostOptions, startHost } from '../start-host.ts';
import { startWorker, type Worker } from './start-worker.ts';

/** A main process of n8n that sends each execution to a worker. */
export interface QueueHost extends Host {
  readonly workers: readonly Worker[];
}

/** Starts n8n in queue mode: Redis, PostgreSQL, one main process and two workers. */
export async function startQueueHost(options: HostOptions): Promise<QueueHost> {
  await using cleanup = new AsyncDisposableStack();
  options.onProgress('starting Redis and PostgreSQL');
  const redis = cleanup.use(await startRedis(ARTIFACTS));
  const postgres = cleanup.use(await startPostgres(ARTIFACTS));
  const settings = { ...connectionSettings(redis, postgres), ...QUEUE_SETTINGS };
  const host = cleanup.use(await startHost({ ...options, settings }));
  options.onProgress('starting two workers');
  const workers: Worker[] = [];
  // Started in sequence, because a starting worker uses a whole CPU core.
  for (const name of ['worker-1', 'worker-2'])
    workers.push(cleanup.use(await startWorker(name, host.settings)));
  const kept = cleanup.move();
  return { ...host, workers, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The connection settings of n8n's queue and database. */
function connectionSettings(
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
 * n8n marks the executions of a killed worker as failed and does not run them again. It detects them at the first check
 * after the worker's lock expires, then waits 30 seconds for a late result. With n8n's defaults this takes two minutes,
 * with these settings less than one.
 */
const QUEUE_SETTINGS = {
  EXECUTIONS_MODE: 'queue',
  OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
  QUEUE_WORKER_LOCK_DURATION: '10000',
  QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
  QUEUE_WORKER_STALLED_INTERVAL: '3000',
};
