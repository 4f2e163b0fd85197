import { type BackendFeature, createServiceFactory } from '@backstage/backend-plugin-api';
import { type EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import { type NotificationSendOptions, notificationService } from '@backstage/plugin-notifications-node';
import { type SignalPayload, signalsServiceRef } from '@backstage/plugin-signals-node';

/** Everything that a back end published and sent about moves. */
export interface ReportedMoves {
  readonly events: EventParams[];
  readonly signals: SignalPayload[];
  readonly notifications: NotificationSendOptions[];
  /** Makes notifications fail, as when their back end is down. */
  failNotifications?: boolean;
}

/** Services that record events, signals and notifications. */
export function recordingMoves(reported: ReportedMoves): BackendFeature[] {
  return [
    createServiceFactory({
      service: eventsServiceRef,
      deps: {},
      factory: () => ({
        publish: async (event) => void reported.events.push(event),
        subscribe: async () => {},
      }),
    }),
    createServiceFactory({
      service: signalsServiceRef,
      deps: {},
      factory: () => ({ publish: async (signal) => void reported.signals.push(signal) }),
    }),
    createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({
        send: async (notification) => {
          if (reported.failNotifications) throw new Error('the notifications back end is down');
          reported.notifications.push(notification);
        },
      }),
    }),
  ];
}
