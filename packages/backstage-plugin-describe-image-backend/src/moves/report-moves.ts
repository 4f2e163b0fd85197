import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DESCRIBE_IMAGE_CHANNEL,
  IMAGE_MOVED_TOPIC,
  type ImageMove,
  type ImageMoved,
  type ImageSignal,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { ownerOf } from '../entities/relations.ts';
import type { Instances } from '../instances/open-instances.ts';
import { type ImageIdentity, imageId } from '../store/image-identity.ts';
import type { MoveOutbox, UnreportedMove } from './move-outbox.ts';

/** What {@link createMoveReporter} needs. */
export interface MoveReporterOptions {
  readonly outbox: MoveOutbox;
  readonly events: EventsService;
  readonly signals: SignalsService;
  readonly notifications: NotificationService;
  readonly logger: LoggerService;
  readonly instances: Instances;
  readonly readEntities: () => Promise<readonly DeclaringEntity[]>;
  readonly now: () => number;
}

/** Owners are not notified of older moves. */
const MAX_NOTIFICATION_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Creates the function that reports all unreported moves: one event, one signal, and one notification to each owner. It never throws. A
 * move that could not be reported is reported by a later call.
 */
export function createMoveReporter(options: MoveReporterOptions): () => Promise<void> {
  const { outbox, logger, now } = options;
  return async () => {
    const entitiesOf = declaringEntities(options);
    try {
      for (const unreported of await outbox.claim(now())) {
        try {
          if (!unreported.isPublished) await publish(options, unreported);
          if (!unreported.isNotified) await notify(options, unreported, entitiesOf);
        } catch (error) {
          const { key } = unreported.identity;
          logger.warn(
            `reporting the move of ${key} failed; it is retried when its claim expires`,
            toError(error),
          );
        }
      }
    } catch (error) {
      logger.warn('reporting moved tags failed; the next refresh retries it', toError(error));
    }
  };
}

type EntitiesOf = (identity: ImageIdentity) => Promise<readonly DeclaringEntity[]>;

/** Finds the entities that declare an image. Reads the catalog once, and only when it is needed. */
function declaringEntities({ instances, readEntities }: MoveReporterOptions): EntitiesOf {
  let entities: Promise<readonly DeclaringEntity[]> | undefined;
  return async ({ instance, key }) => {
    entities ??= readEntities();
    return (await entities).filter(
      ({ declaration }) =>
        instances.find(declaration.instance)?.name === instance &&
        declaration.images.some((image) => image.key === key),
    );
  };
}

async function publish(
  { outbox, events, signals, now }: MoveReporterOptions,
  { identity, move }: UnreportedMove,
): Promise<void> {
  const eventPayload: ImageMoved = { ...identity, move };
  await events.publish({ topic: IMAGE_MOVED_TOPIC, eventPayload });
  const message: ImageSignal = { type: 'moved', image: imageId(identity) };
  await signals.publish({ recipients: { type: 'broadcast' }, channel: DESCRIBE_IMAGE_CHANNEL, message });
  await outbox.setPublished(move.id, now());
}

async function notify(
  { outbox, notifications, logger, now }: MoveReporterOptions,
  { identity, move, observedAt }: UnreportedMove,
  entitiesOf: EntitiesOf,
): Promise<void> {
  if (now() - observedAt.getTime() > MAX_NOTIFICATION_AGE_MS)
    logger.warn(
      `the owners of ${identity.key} are not notified of its move at ${move.observedAt}: it is older than a day`,
    );
  else {
    const byOwner = new Map<string, DeclaringEntity>();
    for (const entity of await entitiesOf(identity)) {
      const owner = ownerOf(entity.entity);
      if (owner !== undefined) byOwner.set(owner, entity);
    }
    for (const [owner, { entityRef }] of byOwner)
      await notifications.send({
        recipients: { type: 'entity', entityRef: owner },
        payload: moveNotification(identity, move, entityRef),
      });
  }
  await outbox.setNotified(move.id, now());
}

/** The scope makes a repeated notification replace the earlier one. */
function moveNotification(
  { key }: ImageIdentity,
  { id, from, to, movedBack }: ImageMove,
  entityRef: string,
): NotificationPayload {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  const repositoryAndTag = key.slice(key.lastIndexOf('/') + 1);
  return {
    title: `${repositoryAndTag} ${movedBack ? 'moved back' : 'moved'}`,
    description: `${key}: ${from === undefined ? 'unknown' : shortDigest(from)} → ${shortDigest(to)}`,
    link: `/catalog/${path}`,
    severity: 'normal',
    topic: IMAGE_MOVED_TOPIC,
    scope: `${IMAGE_MOVED_TOPIC}.${id}`,
  };
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
