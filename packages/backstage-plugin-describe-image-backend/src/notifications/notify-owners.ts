import type { DeclaredImage, ImageEvent } from '@describe-image/backstage-plugin-describe-image-common';
import type { NotificationConfig } from '../config/notification-config.ts';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { ownerOf } from '../entities/relations.ts';
import { nameImage } from '../images/report-image.ts';
import type { Instances } from '../instances/open-instances.ts';
import { UndeliverableError } from '../outbox/deliver.ts';
import type { Delivery, DeliveryStore } from '../outbox/delivery-store.ts';
import type { ImageStore } from '../store/image-store.ts';
import type { ImageNotificationChannel } from './channel.ts';
import { notificationPayload } from './notification-payload.ts';

/** What {@link openNotifier} needs. */
export interface NotifierOptions {
  readonly config: NotificationConfig;
  readonly channels: readonly ImageNotificationChannel[];
  readonly deliveries: Pick<DeliveryStore, 'setChannels'>;
  readonly store: Pick<ImageStore, 'latest'>;
  readonly instances: Pick<Instances, 'find'>;
  readonly readEntities: () => Promise<readonly DeclaringEntity[]>;
  readonly now: () => number;
}

const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Returns the function that sends one event to the owners of the entities that declare its image, through all channels. Reads the
 * catalog once, and only when it is needed.
 */
export function openNotifier(options: NotifierOptions): (delivery: Delivery) => Promise<void> {
  const { config, channels, deliveries, store, now } = options;
  let entities: Promise<readonly DeclaringEntity[]> | undefined;
  return async (delivery) => {
    const { event } = delivery;
    if (!config.events.includes(event.kind)) return;
    if (now() - Date.parse(event.observedAt) > MAX_AGE_MS)
      throw new UndeliverableError(`the owners are not notified of an event that is older than a day`);
    entities ??= options.readEntities();
    const owners = watchingOwners(options, await entities, event);
    if (owners.size === 0) return;
    const [stored] = await store.latest([event]);
    const sent = [...delivery.channels];
    const errors: unknown[] = [];
    for (const [ownerRef, { entityRef, declared }] of owners) {
      const image = { entityRef, declared, row: stored?.inventory?.row };
      const payload = notificationPayload(event, image, config);
      for (const channel of channels) {
        const recipient = `${channel.name} ${ownerRef}`;
        if (sent.includes(recipient)) continue;
        try {
          await channel.send({ event, ownerRef, entityRef, payload });
          sent.push(recipient);
          await deliveries.setChannels(delivery, sent);
        } catch (error) {
          errors.push(error);
        }
      }
    }
    if (errors.length > 0) throw errors[0];
  };
}

/** The owners to notify, each with one entity. An owner of several entities is notified once. */
function watchingOwners(
  { instances }: Pick<NotifierOptions, 'instances'>,
  entities: readonly DeclaringEntity[],
  event: ImageEvent,
): ReadonlyMap<string, { readonly entityRef: string; readonly declared: DeclaredImage }> {
  const owners = new Map<string, { entityRef: string; declared: DeclaredImage }>();
  for (const { entity, entityRef, declaration } of entities) {
    const owner = ownerOf(entity);
    const declared = declaration.images.find(({ key }) => key === event.key);
    if (owner === undefined || declared === undefined) continue;
    if (instances.find(declaration.instance)?.name !== event.instance) continue;
    const { notifications = 'all' } = declaration;
    const isWatched = notifications === 'all' || (notifications === 'releases' && isRelease(declared));
    if (isWatched) owners.set(owner, { entityRef, declared });
  }
  return owners;
}

/** A tag that is a version without a suffix: `1.4.2` and `v3`, but not `1.5.0-rc.1`, `latest` and `nightly-7`. */
function isRelease(declared: DeclaredImage): boolean {
  return /^v?\d+(\.\d+)*$/.test(nameImage(declared, undefined).tag ?? '');
}
