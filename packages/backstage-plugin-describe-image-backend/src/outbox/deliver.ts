import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { withDeadline } from '../deadline.ts';
import type { Delivery, DeliveryStore, Queue } from './delivery-store.ts';

/** The outcome of one attempt, for metrics. */
export type DeliveryOutcome = 'delivered' | 'retried' | 'dead';

/** What {@link createDeliverer} needs. */
export interface DelivererOptions {
  readonly queue: Queue;
  readonly deliveries: DeliveryStore;
  /** Called at the start of each run. Returns the function that delivers one event, and throws when it could not. */
  readonly open: () => (delivery: Delivery) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
  /** Time limit of one attempt. All claimed deliveries together must end before their claim. */
  readonly timeLimitMs?: number;
  readonly logger: LoggerService;
  readonly onAttempt: (queue: Queue, outcome: DeliveryOutcome) => void;
}

/** Delivers the events of one queue. */
export interface Deliverer {
  /** Attempts all deliveries that are due. Never rejects. */
  run(): Promise<void>;
  /** Lets the current delivery finish, and starts no other. */
  stop(): Promise<void>;
}

/** With the waits between them, the attempts take about eight hours. */
const MAX_ATTEMPTS = 15;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 3_600_000;
const TIME_LIMIT_MS = 10_000;

/** An event that must not be delivered any more. It becomes a dead letter without another attempt. */
export class UndeliverableError extends Error {
  override readonly name = 'UndeliverableError';
}

/** Creates the deliverer of a queue. Calls of `run` during a run start one more run. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { queue, deliveries, open, now, logger } = options;
  let isStopped = false;
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return {
    run() {
      next ??= last.then(() => {
        next = undefined;
        last = runOnce();
        return last;
      });
      return next;
    },
    async stop() {
      isStopped = true;
      await (next ?? last);
    },
  };

  async function runOnce(): Promise<void> {
    try {
      const deliver = open();
      while (!isStopped) {
        const claimed = await deliveries.claim(queue, now());
        if (claimed.length === 0) return;
        for (const delivery of claimed) if (!isStopped) await attempt(options, deliver, delivery);
      }
    } catch (error) {
      logger.error(`reading the queue "${queue}" of events about images failed`, toError(error));
    }
  }
}

async function attempt(
  { queue, deliveries, now, random, timeLimitMs = TIME_LIMIT_MS, logger, onAttempt }: DelivererOptions,
  deliver: (delivery: Delivery) => Promise<void>,
  delivery: Delivery,
): Promise<void> {
  const { event, attempts } = delivery;
  try {
    await withDeadline(
      deliver(delivery),
      timeLimitMs,
      () => new Error(`no response within ${timeLimitMs / 1000} s`),
    );
  } catch (thrown) {
    const error = toError(thrown);
    const subject = `delivering the event "${event.kind}" of ${event.key} to the queue "${queue}"`;
    if (attempts + 1 >= MAX_ATTEMPTS || error instanceof UndeliverableError) {
      logger.error(`${subject} failed ${attempts + 1} times; it is a dead letter now`, error);
      await deliveries.bury(delivery, now(), error);
      onAttempt(queue, 'dead');
    } else {
      const waitMs = retryWait(attempts, random);
      logger.warn(`${subject} failed; it is retried in ${Math.round(waitMs / 1000)} s`, error);
      await deliveries.retry(delivery, now() + waitMs, error);
      onAttempt(queue, 'retried');
    }
    return;
  }
  await deliveries.complete(delivery);
  onAttempt(queue, 'delivered');
}

/** The wait after a failed attempt: twice as long each time, with a jitter of a quarter. */
export function retryWait(attempts: number, random: () => number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts) * (0.75 + 0.5 * random());
}
