import { createHash } from 'node:crypto';

/** Numbers from 0 up to 1 that look random and are the same for the same name and position. */
export function seededRandom(name: string, position: number): number {
  return createHash('sha256').update(`${name}\n${position}`).digest().readUInt32BE(0) / 2 ** 32;
}
