import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { failureOf } from '../images/failures.ts';
import type { Instance, Instances } from '../instances/open-instances.ts';
import { type ImageIdentity, nameOf } from '../store/image-identity.ts';
import type { FailedLookUp, ImageStore } from '../store/image-store.ts';
import type { ImageObservation } from '../store/record-observations.ts';
import type { ListingProgress } from './listing-progress.ts';
import { type LookUpResult, lookUpMany } from './look-up-many.ts';
import { nextInterval, type PlannedRefresh, type RefreshInterval, type ScheduleStore } from './schedule.ts';

/** What {@link refreshImages} needs. */
export interface RefreshOptions {
  readonly instances: Instances;
  readonly store: ImageStore;
  readonly schedule: ScheduleStore;
  readonly listings: ListingProgress;
  readonly interval: RefreshInterval;
  readonly logger: LoggerService;
  readonly now: () => number;
  readonly random: () => number;
  /** Called for each image whose tag moved, after the move is recorded. */
  readonly onMoved: (identity: ImageIdentity) => Promise<void>;
}

/** Refreshes all declared images that are due. An instance that fails, or takes long, does not affect the others. */
export async function refreshImages(
  options: RefreshOptions,
  entities: readonly DeclaringEntity[],
  signal?: AbortSignal,
): Promise<void> {
  await Promise.all(
    [...imagesByInstance(options.instances, entities)].map(async ([instance, images]) => {
      try {
        await refreshInstance(options, instance, images, signal);
      } catch (error) {
        options.logger.error(`refreshing the images of instance ${instance.name} failed`, toError(error));
      }
    }),
  );
}

async function refreshInstance(
  options: RefreshOptions,
  { name: instance, call }: Instance,
  declared: ReadonlyMap<string, DeclaredImage>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { schedule, listings, logger, now } = options;
  const identities = [...declared.keys()].map((key) => ({ instance, key }));
  const due = await schedule.due(identities, now());
  if (due.length === 0) return;
  const intervals = new Map(due.map(({ identity, intervalMs }) => [identity.key, intervalMs]));
  const images = due.flatMap(({ identity }) => declared.get(identity.key) ?? []);
  const keys = images.map(({ key }) => key);
  const listing = await listings.open(instance, keys, now());
  const failed: FailedLookUp[] = [];
  for await (const results of lookUpMany(call, images, { signal, listing })) {
    // The scheduler has given the task to another back end. Aborted calls are not failures of the images.
    if (signal?.aborted) return;
    failed.push(...(await recordResults(options, instance, results, intervals)));
  }
  if (failed.length > 0)
    logger.warn(
      `refreshing ${failed.length} of ${images.length} images of instance ${instance} failed: ${nameFailures(failed)}`,
    );
}

/** Records the results and plans the next refreshes. Returns the failures. */
async function recordResults(
  { store, schedule, interval, now, random, onMoved }: RefreshOptions,
  instance: string,
  results: readonly LookUpResult[],
  intervals: ReadonlyMap<string, number | undefined>,
): Promise<readonly FailedLookUp[]> {
  const observations: ImageObservation[] = [];
  const failures: FailedLookUp[] = [];
  for (const result of results) {
    const identity = { instance, key: result.image.key };
    if ('error' in result)
      failures.push({
        identity,
        source: 'DescribeImageInstances',
        failure: failureOf(result.error, new Date(now())),
      });
    else observations.push({ identity, observation: result.observation });
  }
  // Compares with the database, because another back end can have recorded the same move.
  const before = await store.latest(observations.map(({ identity }) => identity));
  const lastMoveIds = new Map(before.map(({ identity, lastMove }) => [nameOf(identity), lastMove?.id]));
  const { lastMoves } = await store.record(observations);
  await store.recordFailures(failures);

  const isMoved = (identity: ImageIdentity): boolean =>
    lastMoveIds.get(nameOf(identity)) !== lastMoves.get(nameOf(identity))?.id;
  const retryAfter = new Map(
    failures.map(({ identity, failure }) => [identity.key, failure.retryAfterMs ?? 0]),
  );
  const plan = results.map(({ image: { key } }): PlannedRefresh => {
    const identity = { instance, key };
    const outcome = retryAfter.has(key) ? 'failed' : isMoved(identity) ? 'moved' : 'unchanged';
    const intervalMs = nextInterval(outcome, intervals.get(key), interval, random);
    return { identity, intervalMs, nextAt: now() + Math.max(intervalMs, retryAfter.get(key) ?? 0) };
  });
  await schedule.plan(plan);
  for (const { identity } of observations) if (isMoved(identity)) await onMoved(identity);
  return failures;
}

const MAX_NAMED = 5;

/** Names the images of each failure, at most five. */
function nameFailures(failures: readonly FailedLookUp[]): string {
  const byMessage = new Map<string, string[]>();
  for (const { identity, failure } of failures)
    byMessage.set(failure.message, [...(byMessage.get(failure.message) ?? []), identity.key]);
  return [...byMessage]
    .map(([message, keys]) => {
      const more = keys.length > MAX_NAMED ? ` and ${keys.length - MAX_NAMED} more` : '';
      return `${keys.slice(0, MAX_NAMED).join(', ')}${more} (${message})`;
    })
    .join('; ');
}

/** The declared images of each instance by key, without duplicates. */
function imagesByInstance(
  instances: Instances,
  entities: readonly DeclaringEntity[],
): ReadonlyMap<Instance, ReadonlyMap<string, DeclaredImage>> {
  const byInstance = new Map<Instance, Map<string, DeclaredImage>>();
  for (const { declaration } of entities) {
    const instance = instances.find(declaration.instance);
    if (instance === undefined) continue;
    const images = byInstance.get(instance) ?? new Map<string, DeclaredImage>();
    byInstance.set(instance, images);
    for (const image of declaration.images) images.set(image.key, image);
  }
  return byInstance;
}
