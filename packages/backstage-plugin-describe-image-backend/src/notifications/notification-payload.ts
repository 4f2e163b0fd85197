import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import {
  type DeclaredImage,
  type ImageEvent,
  imageTabPath,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Image } from '@describe-image/core/protocol';
import type { NotificationConfig } from '../config/notification-config.ts';
import { nameImage } from '../images/report-image.ts';
import { imageId } from '../store/image-identity.ts';
import { NOTIFICATION_TEXTS, type NotificationTexts } from './notification-texts.ts';

/** The image of an event as an entity declares it, with its row in the inventory. */
export interface NotifiedImage {
  readonly entityRef: string;
  readonly declared: DeclaredImage;
  readonly row: Image | undefined;
}

/** Builds the notification of an event. */
export function notificationPayload(
  event: ImageEvent,
  { entityRef, declared, row }: NotifiedImage,
  { language, severity }: Pick<NotificationConfig, 'language' | 'severity'>,
): NotificationPayload {
  const texts = NOTIFICATION_TEXTS[language];
  const isDrift = 'move' in event && ![undefined, event.move.to].includes(declared.declaredDigest);
  return {
    title: texts.title[event.kind](shortName(declared, row)),
    description: `${descriptionOf(event, texts)} · ${event.key}`,
    link: imageTabPath(entityRef, event.key),
    severity: isDrift ? severity.drift : severity[event.kind],
    topic: `describe-image.${event.kind}`,
    // One scope per image: a notification replaces the previous one of the same image.
    scope: `describe-image.${imageId(event)}`,
  };
}

function descriptionOf(event: ImageEvent, texts: NotificationTexts): string {
  switch (event.kind) {
    case 'moved':
    case 'moved-back': {
      const { from, to } = event.move;
      return texts.moved(shortDigest(to), from && shortDigest(from));
    }
    case 'risk-increased':
      return texts.risks(event.risk);
    case 'scan-failed':
      return texts.scanFailed(event.risk.reason);
    case 'not-verified':
      return texts.notVerified(event.checkedAt);
  }
}

/** Namespace, repository and tag, without the registry. */
function shortName(declared: DeclaredImage, row: Image | undefined): string {
  const { repository, tag } = nameImage(declared, row);
  const name = repository.split('/').slice(-2).join('/');
  return tag === undefined ? name : `${name}:${tag}`;
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
