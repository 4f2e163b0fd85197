import { createExtensionPoint, type ExtensionPoint } from '@backstage/backend-plugin-api';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ImageEvent } from '@describe-image/backstage-plugin-describe-image-common';

/** One event for one owner. @public */
export interface ImageNotification {
  readonly event: ImageEvent;
  /** Entity ref of the owner, a group or a user. */
  readonly ownerRef: string;
  /** Entity ref of the entity that declares the image. */
  readonly entityRef: string;
  /** Title, description, link, severity, topic and scope, as Backstage's notifications have them. */
  readonly payload: NotificationPayload;
}

/** Sends notifications, for example to a chat. @public */
export interface ImageNotificationChannel {
  /** Identifies the channel in the database, so that a retry skips the channels that succeeded. */
  readonly name: string;
  /** @throws when the notification could not be sent. It is sent again later, so a channel can receive a notification twice. */
  send(notification: ImageNotification): Promise<void>;
}

/** Adds channels to Backstage's own notifications. @public */
export interface ImageNotificationsExtensionPoint {
  /** @throws Error when another channel has the same name. */
  addChannel(channel: ImageNotificationChannel): void;
}

/**
 * The extension point for further channels of notifications.
 *
 * @example
 * ```ts
 * import { createBackendModule } from '@backstage/backend-plugin-api';
 * import { imageNotificationsExtensionPoint } from '@describe-image/backstage-plugin-describe-image-backend';
 *
 * export const chatModule = createBackendModule({
 *   pluginId: 'describe-image',
 *   moduleId: 'chat',
 *   register(env) {
 *     env.registerInit({
 *       deps: { notifications: imageNotificationsExtensionPoint },
 *       async init({ notifications }) {
 *         notifications.addChannel({
 *           name: 'chat',
 *           send: async ({ ownerRef, payload }) => console.log(ownerRef, payload.title),
 *         });
 *       },
 *     });
 *   },
 * });
 * ```
 *
 * @public
 */
export const imageNotificationsExtensionPoint: ExtensionPoint<ImageNotificationsExtensionPoint> =
  createExtensionPoint({ id: 'describe-image.notifications' });

/** Backstage's own notifications as a channel. */
export function backstageChannel(notifications: NotificationService): ImageNotificationChannel {
  return {
    name: 'backstage',
    send: ({ ownerRef, payload }) =>
      notifications.send({ recipients: { type: 'entity', entityRef: ownerRef }, payload }),
  };
}
