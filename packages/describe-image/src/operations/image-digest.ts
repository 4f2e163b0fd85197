/** `sha256:` and 64 lower-case hex digits, the form that deployments pin. @public */
export type ImageDigest = `sha256:${string}`;

/** The service writes bare hex, manifests write `sha256:` before it. Anything else is `undefined`, never mended. @public */
export function normalizeDigest(value: unknown): ImageDigest | undefined {
  if (typeof value !== 'string') return undefined;
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(value)?.[1];
  return hex === undefined ? undefined : `sha256:${hex.toLowerCase()}`;
}
