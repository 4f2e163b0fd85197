import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import type { Instances } from '../clients/instance.ts';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { createMoveOutbox } from './move-outbox.ts';
import { tellMoves } from './tell-moves.ts';

/** Makes the one function that tells whatever is untold. It never throws: a move that cannot be told now is told later. */
export function openMoves(options: {
  readonly database: Knex;
  readonly events: EventsService;
  readonly signals: SignalsService;
  readonly notifications: NotificationService;
  readonly logger: LoggerService;
  readonly instances: Instances;
  readonly readEntities: () => Promise<readonly DeclaringEntity[]>;
  readonly now: () => number;
}): () => Promise<void> {
  const { database, events, signals, notifications, logger, instances, readEntities, now } = options;
  const outbox = createMoveOutbox(database);
  return async () => {
    // Read once for all moves that are told together, and only if there are any.
    let entities: Promise<readonly DeclaringEntity[]> | undefined;
    const declaring = async ({ instance, key }: { readonly instance: string; readonly key: string }) => {
      entities ??= readEntities();
      return (await entities).filter(
        ({ declaration }) =>
          instances.find(declaration.instance)?.name === instance &&
          declaration.images.some((image) => image.key === key),
      );
    };
    try {
      await tellMoves({ outbox, events, signals, notifications, logger, now, declaring });
    } catch (error) {
      logger.warn('moved tags could not be told; they are with the next refresh', toError(error));
    }
  };
}
