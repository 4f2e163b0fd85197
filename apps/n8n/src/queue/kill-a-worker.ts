import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { OwnerSession } from '../owner.ts';
import { askWebhook, type Outcome } from './ask-webhook.ts';
import type { QueueHost } from './start-queue-host.ts';
import type { Worker } from './start-worker.ts';

const CALLS = 200;

/** More than both workers take at once, so that some always wait in the queue. */
const CALLERS = 20;

/** How long the emulator thinks, so that the worker dies with work in its hands. */
const LOOKUP_MS = 300;

/** What came of 200 look-ups of which one worker saw only a part. */
export interface KillReport {
  readonly outcomes: readonly Outcome[];
  /** What the emulator holds, by the image that was asked for. */
  readonly digests: ReadonlyMap<string, string>;
  /** Executions that the killed worker had begun and not finished. */
  readonly interrupted: number;
  readonly finishedByKilled: number;
  readonly finishedBySurvivor: number;
  readonly finishedBySurvivorBefore: number;
  /** How many executions n8n still takes for new or running at the end. */
  readonly leftOver: number;
  /** How many executions n8n says have failed. */
  readonly failed: number;
  readonly seconds: number;
}

/** Sends the look-ups through the webhook and kills the second worker when half of them are answered. */
export async function killAWorker(host: QueueHost): Promise<KillReport> {
  const [survivor, doomed] = host.workers;
  if (survivor === undefined || doomed === undefined) throw new Error('there are fewer than two workers');
  const digests = pushImages(host);
  host.emulator.faults.add({ delayMs: LOOKUP_MS });

  const started = performance.now();
  const outcomes: Outcome[] = [];
  const waiting = [...digests.keys()];
  const call = async (): Promise<void> => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift())
      outcomes.push(await askWebhook(`${host.server.url}/webhook/pin-image`, image));
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, call));
  while (outcomes.length < CALLS / 2 || unfinished(doomed) === 0) {
    if (outcomes.length === CALLS)
      throw new Error('all calls were answered before the worker could be killed');
    await sleep(5);
  }
  await doomed.kill();
  const finishedBySurvivorBefore = survivor.executions().finished;
  await callers;

  return {
    outcomes,
    digests,
    interrupted: unfinished(doomed),
    finishedByKilled: doomed.executions().finished,
    finishedBySurvivor: survivor.executions().finished,
    finishedBySurvivorBefore,
    leftOver: await countExecutions(host.owner, ['new', 'running']),
    failed: await countExecutions(host.owner, ['error', 'crashed']),
    seconds: (performance.now() - started) / 1000,
  };
}

/** A tag of its own for each call, so that an answer to another call cannot pass for the right one. */
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

async function countExecutions(owner: OwnerSession, status: readonly string[]): Promise<number> {
  const filter = encodeURIComponent(JSON.stringify({ status }));
  return Executions.parse(await owner.call('GET', `/executions?filter=${filter}&limit=100`)).results.length;
}

const Executions = z.object({ results: z.array(z.unknown()) });
