import type { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import type { Metrics } from '../metrics.ts';
import { announceMove } from '../moves/announce-move.ts';
import { type NotifierOptions, openNotifier } from '../notifications/notify-owners.ts';
import { createDeliverer, type Deliverer, type DelivererOptions } from './deliver.ts';
import { createDeliveryStore, type Queue } from './delivery-store.ts';

/** What {@link createDeliverers} needs. */
export interface DeliverersOptions extends Omit<NotifierOptions, 'deliveries'> {
  readonly database: Knex;
  readonly events: EventsService;
  readonly signals: SignalsService;
  readonly logger: LoggerService;
  readonly lifecycle: LifecycleService;
  readonly metrics: Pick<Metrics, 'onDelivery' | 'observeQueue'>;
}

/** Creates the deliverers of both queues, which end with the back end. */
export function createDeliverers(options: DeliverersOptions): Readonly<Record<Queue, Deliverer>> {
  const { database, logger, lifecycle, metrics, now } = options;
  const deliveries = createDeliveryStore(database);
  const delivererOf = (queue: Queue, open: DelivererOptions['open']): Deliverer => {
    const onAttempt = metrics.onDelivery;
    const deliverer = createDeliverer({
      queue,
      deliveries,
      open,
      now,
      random: Math.random,
      logger,
      onAttempt,
    });
    metrics.observeQueue(queue, () => deliveries.count(queue));
    lifecycle.addShutdownHook(() => deliverer.stop());
    return deliverer;
  };
  return {
    announce: delivererOf('announce', () => (delivery) => announceMove(options, delivery)),
    notify: delivererOf('notify', () => openNotifier({ ...options, deliveries })),
  };
}
