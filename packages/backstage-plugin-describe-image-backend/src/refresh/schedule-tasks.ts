import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import type { Deliverer } from '../outbox/deliver.ts';
import { QUEUES, type Queue } from '../outbox/delivery-store.ts';
import { checkLive, type LiveCheckOptions } from './check-live.ts';
import { type RefreshOptions, refreshImages } from './refresh-images.ts';

/** What {@link scheduleTasks} needs. */
export interface TaskOptions {
  readonly scheduler: SchedulerService;
  readonly frequencySeconds: number;
  readonly timeoutSeconds: number;
  /** Absent when the refresh is turned off. */
  readonly refresh: RefreshOptions | undefined;
  /** Absent when live checks are turned off. */
  readonly liveChecks: LiveCheckOptions | undefined;
  /** Called with all declaring entities after a refresh. */
  readonly onRefreshed: (entities: readonly DeclaringEntity[]) => Promise<void>;
  /** Reads all entities that declare images, with the credentials of this back end. */
  readonly readEntities: () => Promise<readonly DeclaringEntity[]>;
  /** Delivers the events of each queue. */
  readonly deliverers: Readonly<Record<Queue, Pick<Deliverer, 'run'>>>;
  /** Deletes history that is older than the retention. */
  readonly prune: () => Promise<unknown>;
}

/** Schedules the tasks. Those that call Security Center or prune the history run on one back end at a time. */
export async function scheduleTasks(options: TaskOptions): Promise<void> {
  const { scheduler, frequencySeconds, timeoutSeconds, refresh, liveChecks } = options;
  const { deliverers, readEntities, onRefreshed, prune } = options;
  for (const queue of QUEUES)
    await scheduler.scheduleTask({
      id: `describe-image-${queue}`,
      // On each back end: one that stops does not delay the deliveries of the others.
      scope: 'local',
      frequency: { seconds: Math.min(15, frequencySeconds) },
      timeout: { minutes: 10 },
      initialDelay: { seconds: Math.min(10, frequencySeconds) },
      fn: () => deliverers[queue].run(),
    });
  if (refresh !== undefined)
    await scheduler.scheduleTask({
      id: 'describe-image-refresh',
      scope: 'global',
      frequency: { seconds: frequencySeconds },
      timeout: { seconds: timeoutSeconds },
      initialDelay: { seconds: Math.min(10, frequencySeconds) },
      fn: async (signal) => {
        const entities = await readEntities();
        await refreshImages(refresh, entities, signal);
        await onRefreshed(entities);
      },
    });
  if (liveChecks !== undefined)
    await scheduler.scheduleTask({
      id: 'describe-image-live-checks',
      scope: 'global',
      frequency: { milliseconds: liveChecks.periodMs },
      timeout: { milliseconds: 2 * liveChecks.periodMs + 30_000 },
      initialDelay: { seconds: Math.min(20, frequencySeconds) },
      fn: (signal) => checkLive(liveChecks, signal),
    });
  await scheduler.scheduleTask({
    id: 'describe-image-prune',
    scope: 'global',
    frequency: { hours: 6 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 1 },
    fn: async () => {
      await prune();
    },
  });
}
