import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { ImageIdentity } from '../history/image-identity.ts';

/** What an owner reads. A second one about the same move takes the first one's place. */
export function moveNotification(
  { key }: ImageIdentity,
  { id, from, to, movedBack }: ImageMove,
  entityRef: string,
): NotificationPayload {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  return {
    title: `${shortName(key)} ${movedBack ? 'moved back' : 'moved'}`,
    description: `${key}: ${from === undefined ? 'unknown' : short(from)} → ${short(to)}`,
    link: `/catalog/${path}`,
    severity: 'normal',
    topic: 'describe-image.moved',
    scope: `describe-image.moved.${id}`,
  };
}

/** `repository:tag`. */
function shortName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
