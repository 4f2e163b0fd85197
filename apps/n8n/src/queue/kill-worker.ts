import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { OwnerSession } from '../n8n-api.ts';
import { callWebhook, type Outcome } from './call-webhook.ts';
import type { QueueHost } from './start-queue-host.ts';
import type { Worker } from './start-worker.ts';

const CALLS = 200;

/** More than the concurrency of both workers, so that the queue is never empty. */
const CALLERS = 20;

/** Delay of the emulator, so that the worker is killed during executions. */
const RESPONSE_DELAY_MS = 300;

/** The result of 200 calls during which one worker was killed. */
export interface KillReport {
  readonly outcomes: readonly Outcome[];
  /** The emulator's digests by requested image. */
  readonly digests: ReadonlyMap<string, string>;
  /** Executions that the killed worker started and did not finish. */
  readonly interrupted: number;
  readonly finishedByKilled: number;
  readonly finishedBySurvivor: number;
  readonly finishedBySurvivorBefore: number;
  /** Executions with the status new or running at the end. */
  readonly leftOver: number;
  /** Executions with the status error or crashed. */
  readonly failed: number;
  readonly seconds: number;
}

/** Sends the calls to the webhook and kills the second worker after half of the responses. */
export async function killWorker(host: QueueHost): Promise<KillReport> {
  const [survivor, killed] = host.workers;
  if (survivor === undefined || killed === undefined) throw new Error('killWorker: needs two workers');
  const digests = pushImages(host);
  host.emulator.faults.add({ delayMs: RESPONSE_DELAY_MS });

  const started = performance.now();
  const outcomes: Outcome[] = [];
  const waiting = [...digests.keys()];
  const call = async (): Promise<void> => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift())
      outcomes.push(await callWebhook(`${host.server.url}/webhook/pin-image`, image));
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, call));
  while (outcomes.length < CALLS / 2 || unfinished(killed) === 0) {
    if (outcomes.length === CALLS)
      throw new Error('killWorker: all calls finished before the worker was killed');
    await sleep(5);
  }
  await killed.kill();
  const finishedBySurvivorBefore = survivor.executions().finished;
  await callers;
  const seconds = (performance.now() - started) / 1000;

  return {
    outcomes,
    digests,
    interrupted: unfinished(killed),
    finishedByKilled: killed.executions().finished,
    finishedBySurvivor: survivor.executions().finished,
    finishedBySurvivorBefore,
    leftOver: await countLeftOver(host.owner),
    failed: await countExecutions(host.owner, ['error', 'crashed']),
    seconds,
  };
}

/** Pushes a different tag for each call, so that a response to another call is detected. */
function pushImages({ emulator }: QueueHost): Map<string, string> {
  const repository = 'shop/checkout';
  const instanceId = 'cri-3xk9v2m7q4wz8d1p';
  const tags = Array.from({ length: CALLS }, (_, index) => `call-${index + 1}`);
  const pushed = tags.map((tag): [string, string] => {
    const { digest } = emulator.state.push({ instanceId, repository, tag });
    return [`${repository}:${tag}`, `sha256:${digest}`];
  });
  emulator.state.syncInventory();
  return new Map(pushed);
}

function unfinished(worker: Worker): number {
  const { started, finished } = worker.executions();
  return started - finished;
}

/** n8n responds to a webhook before it stores the end of the execution, so this waits up to 60 s for the last ones. */
async function countLeftOver(owner: OwnerSession): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const count = await countExecutions(owner, ['new', 'running']);
    if (count === 0 || tries === 60) return count;
    await sleep(1000);
  }
}

async function countExecutions(owner: OwnerSession, status: readonly string[]): Promise<number> {
  const filter = encodeURIComponent(JSON.stringify({ status }));
  return Executions.parse(await owner.call('GET', `/executions?filter=${filter}&limit=100`)).results.length;
}

const Executions = z.object({ results: z.array(z.unknown()) });
