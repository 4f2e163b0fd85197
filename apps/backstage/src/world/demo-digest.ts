import { createHash } from 'node:crypto';

/** The digest of a build, as 64 hex digits: the same for the same words, in every run. */
export function demoDigest(build: string): string {
  return createHash('sha256').update(`backstage demo ${build}`).digest('hex');
}
