import type { ImageDigest } from '../operations/image-digest.ts';
import type { ImageReference } from './image-reference.ts';

/** The reference by which a deployment names this very image: `[host/][namespace/]repository@sha256:…`. @public */
export function pinReference(
  { registry, namespace, repository }: ImageReference,
  digest: ImageDigest,
): string {
  const path = [registry?.host, namespace, repository].filter(Boolean).join('/');
  return `${path}@${digest}`;
}
