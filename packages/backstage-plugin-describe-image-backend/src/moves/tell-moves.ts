import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DESCRIBE_IMAGE_CHANNEL,
  IMAGE_MOVED_TOPIC,
  type ImageMoved,
  type ImageSignal,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { ownerOf } from '../entities/owner-of.ts';
import { imageId } from '../history/image-id.ts';
import type { ImageIdentity } from '../history/image-identity.ts';
import { moveNotification } from './move-notification.ts';
import type { MoveOutbox, UntoldMove } from './move-outbox.ts';

export interface TellMovesOptions {
  readonly outbox: MoveOutbox;
  readonly events: EventsService;
  readonly signals: SignalsService;
  readonly notifications: NotificationService;
  readonly logger: LoggerService;
  readonly now: () => number;
  /** The entities that declare an image. */
  readonly declaring: (identity: ImageIdentity) => Promise<readonly DeclaringEntity[]>;
}

/** Owners are not told of what moved longer ago than this, when it could not be told before. */
const OLD_NEWS_MS = 24 * 60 * 60 * 1000;

/** Tells every move that was not told: one event, one signal, and one notification to each owner. */
export async function tellMoves(options: TellMovesOptions): Promise<void> {
  const { outbox, logger, now } = options;
  for (const untold of await outbox.claim(now())) {
    try {
      if (!untold.isAnnounced) await announce(options, untold);
      if (!untold.isNotified) await notify(options, untold);
    } catch (error) {
      // It stays claimed for a while, and is told then.
      logger.warn(`a moved tag could not be told to everybody: ${untold.identity.key}`, toError(error));
    }
  }
}

async function announce(
  { outbox, events, signals, now }: TellMovesOptions,
  { identity, move }: UntoldMove,
): Promise<void> {
  const eventPayload: ImageMoved = { ...identity, move };
  await events.publish({ topic: IMAGE_MOVED_TOPIC, eventPayload });
  const message: ImageSignal = { type: 'moved', image: imageId(identity) };
  await signals.publish({ recipients: { type: 'broadcast' }, channel: DESCRIBE_IMAGE_CHANNEL, message });
  await outbox.announced(move.id, now());
}

async function notify(
  { outbox, notifications, declaring, logger, now }: TellMovesOptions,
  { identity, move }: UntoldMove,
): Promise<void> {
  const isOld = now() - Date.parse(move.observedAt) > OLD_NEWS_MS;
  if (isOld) logger.warn(`the owners of ${identity.key} were not told that it moved at ${move.observedAt}`);
  else {
    const owned = (await declaring(identity)).flatMap((entity) => {
      const owner = ownerOf(entity.entity);
      return owner === undefined ? [] : [{ owner, entity }];
    });
    const byOwner = new Map(owned.map(({ owner, entity }) => [owner, entity]));
    for (const [owner, { entityRef }] of byOwner)
      await notifications.send({
        recipients: { type: 'entity', entityRef: owner },
        payload: moveNotification(identity, move, entityRef),
      });
  }
  await outbox.notified(move.id, now());
}
