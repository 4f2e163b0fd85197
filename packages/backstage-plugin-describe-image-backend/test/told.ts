import { type BackendFeature, coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { type EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import { type NotificationSendOptions, notificationService } from '@backstage/plugin-notifications-node';
import { type SignalPayload, signalsServiceRef } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';

/** Everything that a back end told others. */
export interface Told {
  readonly events: EventParams[];
  readonly signals: SignalPayload[];
  readonly notifications: NotificationSendOptions[];
  /** Makes the next notification fail, as when its back end is away. */
  failNotifications?: boolean;
}

/** The three ways of telling, listened to. */
export function tellingTo(told: Told): BackendFeature[] {
  return [
    createServiceFactory({
      service: eventsServiceRef,
      deps: {},
      factory: () => ({ publish: async (event) => void told.events.push(event), subscribe: async () => {} }),
    }),
    createServiceFactory({
      service: signalsServiceRef,
      deps: {},
      factory: () => ({ publish: async (signal) => void told.signals.push(signal) }),
    }),
    createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({
        send: async (notification) => {
          if (told.failNotifications) throw new Error('the notifications back end is away');
          told.notifications.push(notification);
        },
      }),
    }),
  ];
}

/** One database for several back ends. */
export function sharing(database: Knex): BackendFeature {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: () => ({ getClient: async () => database }),
  });
}
