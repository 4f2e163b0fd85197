import { setTimeout } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { failureOf } from '../images/failures.ts';
import { observeDigest } from '../images/look-up-sources.ts';
import type { Instance, Instances } from '../instances/open-instances.ts';
import type { ImageIdentity } from '../store/image-identity.ts';
import type { ImageStore } from '../store/image-store.ts';
import type { LiveCheckStore, PlannedLiveCheck } from './live-check-store.ts';

/** The outcome of a live check, for metrics. */
export type LiveCheckOutcome = 'answered' | 'no-digest' | 'failed';

/** What {@link checkLive} needs. */
export interface LiveCheckOptions {
  readonly instances: Instances;
  readonly store: Pick<ImageStore, 'record' | 'recordFailures'>;
  readonly liveChecks: LiveCheckStore;
  /** The budget of each instance, over all back ends. */
  readonly perMinute: number;
  /** An image is checked at half of this age, so that a late check still keeps it verified. */
  readonly maxAgeMs: number;
  /** The interval of the task. */
  readonly periodMs: number;
  readonly logger: LoggerService;
  readonly now: () => number;
  readonly random: () => number;
  /** Waits for the start of a check. Rejects when the signal is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly onChecked: (instance: string, outcome: LiveCheckOutcome) => void;
  /** Called for an image whose tag moved, after the move is recorded. */
  readonly onMoved: (identity: ImageIdentity) => Promise<void>;
}

/** Calls DescribeImage for the most urgent images of each instance, spread evenly over the period. */
export async function checkLive(options: LiveCheckOptions, signal?: AbortSignal): Promise<void> {
  await Promise.all(
    options.instances.all.map(async (instance) => {
      try {
        await checkInstance(options, instance, signal);
      } catch (error) {
        if (signal?.aborted) return;
        options.logger.error(`live checks of instance ${instance.name} failed`, toError(error));
      }
    }),
  );
}

async function checkInstance(
  options: LiveCheckOptions,
  instance: Instance,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { liveChecks, perMinute, maxAgeMs, periodMs, now, wait = waitFor } = options;
  const planned = await liveChecks.claim({
    instance: instance.name,
    now: now(),
    spacingMs: 60_000 / perMinute,
    periodMs,
    minAgeMs: maxAgeMs / 4,
  });
  const pending: Promise<void>[] = [];
  try {
    for (const check of planned) {
      await wait(Math.max(0, check.startAt - now()), signal);
      pending.push(checkOne(options, instance, check, signal));
    }
  } finally {
    await Promise.all(pending);
  }
}

async function checkOne(
  options: LiveCheckOptions,
  { name, call }: Instance,
  { identity, ids }: PlannedLiveCheck,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { store, liveChecks, maxAgeMs, periodMs, logger, now, random, onChecked, onMoved } = options;
  try {
    const observation = await observeDigest(call, ids, now, { signal });
    const { newMoves } = await store.record([{ identity, observation }]);
    onChecked(name, observation.digest === undefined ? 'no-digest' : 'answered');
    // A jitter spreads images over the interval that were declared at the same time.
    await liveChecks.postpone(identity, now() + (maxAgeMs / 2) * (0.75 + 0.5 * random()));
    if (newMoves.length > 0) await onMoved(identity);
  } catch (error) {
    // The scheduler has given the task to another back end.
    if (signal?.aborted) return;
    const failure = failureOf(error, new Date(now()));
    const { retryAfterMs = 0 } = failure;
    if (retryAfterMs > 0) await liveChecks.pause(name, now() + retryAfterMs);
    // No request was made, so the image did not fail.
    if (failure.kind === 'paused') return await liveChecks.postpone(identity, now() + retryAfterMs);
    onChecked(name, 'failed');
    logger.warn(`the live check of ${identity.key} of instance ${name} failed: ${failure.message}`);
    await store.recordFailures([{ identity, source: 'DescribeImage', failure }]);
    await liveChecks.postpone(identity, now() + Math.max(retryAfterMs, 5 * periodMs));
  }
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}
