import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DESCRIBE_IMAGE_CHANNEL,
  IMAGE_MOVED_TOPIC,
  type ImageMoved,
  type ImageSignal,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Delivery } from '../outbox/delivery-store.ts';
import { imageId } from '../store/image-identity.ts';

/** Publishes a move as an event, and as a signal to open pages. After a failure, both can be published again. */
export async function announceMove(
  { events, signals }: { readonly events: EventsService; readonly signals: SignalsService },
  { event }: Pick<Delivery, 'event'>,
): Promise<void> {
  if (event.kind !== 'moved' && event.kind !== 'moved-back') return;
  const { instance, key, move } = event;
  const eventPayload: ImageMoved = { instance, key, move };
  await events.publish({ topic: IMAGE_MOVED_TOPIC, eventPayload });
  const message: ImageSignal = { type: 'moved', image: imageId({ instance, key }) };
  await signals.publish({ recipients: { type: 'broadcast' }, channel: DESCRIBE_IMAGE_CHANNEL, message });
}
