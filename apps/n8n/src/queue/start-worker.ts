import { readFileSync } from 'node:fs';
import { freePort, type Service, startService } from '@describe-image/services';
import { ARTIFACTS, N8N_HOST } from '../folders.ts';
import { n8nCommand } from '../run-n8n.ts';

export interface Worker extends Service {
  readonly name: string;
  /** How many executions it has begun and has finished so far, by its own log. */
  executions(): { readonly started: number; readonly finished: number };
}

/** How many executions a worker runs at once; n8n advises 5 or more. */
export const WORKER_CONCURRENCY = 5;

/** Starts a process that takes executions off the queue. */
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
