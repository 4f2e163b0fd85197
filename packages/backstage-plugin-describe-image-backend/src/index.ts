/**
 * The back end of the plugin describe-image. Add it with `backend.add(import('@describe-image/backstage-plugin-describe-image-backend'))`.
 *
 * @packageDocumentation
 */
export {
  type ImageNotification,
  type ImageNotificationChannel,
  type ImageNotificationsExtensionPoint,
  imageNotificationsExtensionPoint,
} from './notifications/channel.ts';
export {
  createDescribeImageConditionalDecision,
  describeImageConditions,
} from './permissions/image-entity-rules.ts';
export { describeImagePlugin as default } from './plugin.ts';
