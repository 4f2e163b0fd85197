import { type Image, parseImage } from '@describe-image/core/protocol';
import type { KnownImage } from './known-image.ts';

const rows = new WeakMap<object, Image>();

/** The inventory's row of a known image, read once for as long as the image is known. */
export function rowOf({ row }: KnownImage['inventory']): Image | undefined {
  if (row === undefined) return undefined;
  const read = rows.get(row) ?? parseImage(row);
  rows.set(row, read);
  return read;
}
