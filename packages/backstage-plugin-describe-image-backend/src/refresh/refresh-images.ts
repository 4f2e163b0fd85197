import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import type { Instances } from '../clients/instance.ts';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import type { ImageIdentity } from '../history/image-identity.ts';
import type { ImageStore, Observation } from '../history/image-store.ts';
import { failureOf } from '../images/failure-of.ts';
import { lookUpDue } from './look-up-due.ts';
import { nextInterval, type Pace } from './next-interval.ts';
import type { Schedule, ScheduleStore } from './schedule-store.ts';

export interface RefreshOptions {
  readonly instances: Instances;
  readonly store: ImageStore;
  readonly schedule: ScheduleStore;
  readonly pace: Pace;
  readonly logger: LoggerService;
  readonly now: () => number;
  readonly random: () => number;
  /** Told of images whose tags moved, once what was seen is written. */
  readonly onMoved: (identity: ImageIdentity) => Promise<void>;
}

/**
 * Looks at every declared image whose time has come. What one account refuses does not keep another from being asked, and what was
 * seen is written before the next account's turn.
 */
export async function refreshImages(
  options: RefreshOptions,
  entities: readonly DeclaringEntity[],
  signal?: AbortSignal,
): Promise<void> {
  for (const [instance, images] of imagesByInstance(options.instances, entities)) {
    if (signal?.aborted) return;
    const identities = [...images.keys()].map((key) => ({ instance, key }));
    const due = await options.schedule.due(identities, options.now());
    if (due.length === 0) continue;
    const pauses = new Map(due.map(({ identity, intervalMs }) => [identity.key, intervalMs]));
    const wanted = due.flatMap(({ identity }) => images.get(identity.key) ?? []);
    try {
      await refreshInstance(options, instance, wanted, pauses, signal);
    } catch (error) {
      options.logger.error(`the images of ${instance} could not be refreshed`, toError(error));
    }
  }
}

async function refreshInstance(
  { instances, store, schedule, pace, logger, now, random, onMoved }: RefreshOptions,
  instance: string,
  images: readonly DeclaredImage[],
  pauses: ReadonlyMap<string, number | undefined>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const asked = instances.find(instance);
  if (asked === undefined) return;
  const looked = await lookUpDue(asked.call, images, signal);
  // Another back end has the task by now: what was cut off here is no failure of the images.
  if (signal?.aborted) return;
  const observations: Observation[] = [];
  const failed: { readonly identity: ImageIdentity; readonly error: unknown }[] = [];
  for (const look of looked) {
    const identity = { instance, key: look.image.key };
    if ('error' in look) failed.push({ identity, error: look.error });
    else {
      const { row, observedAt, requestId } = look;
      const source = 'DescribeImageInstances';
      observations.push({ identity, source, digest: row.digest, observedAt, requestId, row });
    }
  }
  const before = await lastMoveIds(store, observations);
  await store.record(observations);
  const after = await lastMoveIds(store, observations);
  const failures = failed.map(({ identity, error }) => ({
    identity,
    failure: failureOf(error, new Date(now())),
  }));
  await store.recordFailures(failures);
  if (failed.length > 0)
    logger.warn(`${failed.length} of ${looked.length} images of ${instance} could not be refreshed`);

  const isMoved = (key: string): boolean => before.get(key) !== after.get(key);
  const waits = new Map(failures.map(({ identity, failure }) => [identity.key, failure.retryAfterMs ?? 0]));
  const plans = looked.map(({ image: { key } }): Schedule => {
    const outcome = waits.has(key) ? 'failed' : isMoved(key) ? 'moved' : 'quiet';
    const jittered = nextInterval(outcome, pauses.get(key), pace, random);
    // Who is asked to come back later does not come sooner.
    const nextAt = now() + Math.max(jittered, waits.get(key) ?? 0);
    return { identity: { instance, key }, intervalMs: jittered, nextAt };
  });
  await schedule.plan(plans);
  for (const { identity } of observations) if (isMoved(identity.key)) await onMoved(identity);
}

/** Moves are recognised by what the database says, since another back end may have written them a moment ago. */
async function lastMoveIds(
  store: ImageStore,
  observations: readonly Observation[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const stored = await store.latest(observations.map(({ identity }) => identity));
  return new Map(stored.map(({ identity, lastMove }) => [identity.key, lastMove?.id]));
}

/** Each account's images once, whoever declares them. */
function imagesByInstance(
  instances: Instances,
  entities: readonly DeclaringEntity[],
): ReadonlyMap<string, ReadonlyMap<string, DeclaredImage>> {
  const byInstance = new Map<string, Map<string, DeclaredImage>>();
  for (const { declaration } of entities) {
    const instance = instances.find(declaration.instance);
    if (instance === undefined) continue;
    const images = byInstance.get(instance.name) ?? new Map<string, DeclaredImage>();
    byInstance.set(instance.name, images);
    for (const image of declaration.images) images.set(image.key, image);
  }
  return byInstance;
}
