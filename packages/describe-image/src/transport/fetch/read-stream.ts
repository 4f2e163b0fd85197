import { checkSize } from '../send.ts';

/** Where the bytes of a body come from, part by part. */
export interface ByteSource {
  next(): Promise<Uint8Array | undefined>;
  /** Ends the transfer of what is left. */
  cancel(): Promise<unknown>;
}

/**
 * Reads a body within the size limit. It stops at the limit, so that a small compressed body cannot fill the memory.
 *
 * @throws ServiceError for a larger body.
 */
export async function readStream(source: ByteSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await source.next(); part !== undefined; part = await source.next()) {
      length += part.length;
      checkSize(length);
      parts.push(part);
    }
  } catch (error) {
    // A source that has failed may fail to cancel too: the first error counts.
    await source.cancel().catch(() => {});
    throw error;
  }
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
