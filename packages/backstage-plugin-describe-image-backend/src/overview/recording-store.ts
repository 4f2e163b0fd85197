import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ImageIdentity } from '../store/image-identity.ts';
import type { ImageStore } from '../store/image-store.ts';
import type { ImageStates } from './image-states.ts';

/** Wraps a store so that everything it records updates the states of the overview. */
export function withImageStates(
  store: ImageStore,
  states: Pick<ImageStates, 'updateImages'>,
  logger: LoggerService,
): ImageStore {
  return {
    ...store,
    async record(observations) {
      const recorded = await store.record(observations);
      await update(observations.map(({ identity }) => identity));
      return recorded;
    },
    async recordFailures(failures) {
      await store.recordFailures(failures);
      await update(failures.map(({ identity }) => identity));
    },
  };

  /** All states are updated again every few minutes, so an error here is not an error of the recording. */
  async function update(identities: readonly ImageIdentity[]): Promise<void> {
    try {
      await states.updateImages(identities);
    } catch (error) {
      logger.error('updating the states of images for the overview failed', toError(error));
    }
  }
}
