import { readFileSync } from 'node:fs';
import { freePort, type Service, startService } from '@describe-image/services';
import { ARTIFACTS, N8N_HOST } from '../folders.ts';
import { n8nCommand } from '../n8n-process.ts';

/** A worker process of n8n. */
export interface Worker extends Service {
  readonly name: string;
  /** The numbers of started and finished executions, counted in the log. */
  executions(): { readonly started: number; readonly finished: number };
}

/** Executions that a worker runs at the same time. n8n recommends at least 5. */
export const WORKER_CONCURRENCY = 5;

/** Starts a worker process. */
export async function startWorker(name: string, settings: NodeJS.ProcessEnv): Promise<Worker> {
  const service = await startService({
    name,
    logs: ARTIFACTS,
    command: n8nCommand('worker', `--concurrency=${WORKER_CONCURRENCY}`),
    ready: 'n8n worker is now ready',
    cwd: N8N_HOST,
    env: {
      ...settings,
      N8N_PORT: String(await freePort()),
      N8N_RUNNERS_BROKER_PORT: String(await freePort()),
    },
  });
  const count = (text: string): number => readFileSync(service.log, 'utf8').split(text).length - 1;
  return {
    name,
    ...service,
    executions: () => ({
      started: count('Worker started execution'),
      finished: count('Worker finished execution'),
    }),
  };
}
