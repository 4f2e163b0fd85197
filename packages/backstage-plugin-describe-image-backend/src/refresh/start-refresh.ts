import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { type RefreshOptions, refreshImages } from './refresh-images.ts';

export interface StartRefreshOptions {
  readonly scheduler: SchedulerService;
  readonly frequencySeconds: number;
  readonly timeoutSeconds: number;
  /** Absent where images are looked at only when somebody opens their page. */
  readonly refresh: RefreshOptions | undefined;
  /** Every entity that declares images, whoever may read it. */
  readonly readEntities: () => Promise<readonly DeclaringEntity[]>;
  readonly tellMoves: () => Promise<void>;
  /** Deletes what is older than the history is kept. */
  readonly prune: () => Promise<unknown>;
}

/** Hands the scheduler two tasks that one back end of all runs at a time: looking at images, and forgetting old history. */
export async function startRefresh(options: StartRefreshOptions): Promise<void> {
  const { scheduler, frequencySeconds, timeoutSeconds, refresh, readEntities, tellMoves, prune } = options;
  await scheduler.scheduleTask({
    id: 'describe-image-refresh',
    scope: 'global',
    frequency: { seconds: frequencySeconds },
    timeout: { seconds: timeoutSeconds },
    initialDelay: { seconds: Math.min(10, frequencySeconds) },
    fn: async (signal) => {
      // First what a back end that died had written and not told.
      await tellMoves();
      if (refresh === undefined) return;
      await refreshImages(refresh, await readEntities(), signal);
      await tellMoves();
    },
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
