import { ServiceError } from '../errors/errors.ts';
import { loadModule } from './load-module.ts';
import { checkSize, MAX_RESPONSE_BYTES } from './send.ts';

/** No encoding is asked for, but gateways have been seen to compress all the same. */
export async function decodeBody(bytes: Buffer, encoding: string): Promise<string> {
  const zlib = await loadModule('node:zlib');
  const decode = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, br: zlib.brotliDecompressSync }[
    encoding
  ];
  if (decode === undefined)
    throw new ServiceError(`the answer is in an encoding that was not asked for: ${encoding}`);
  try {
    return decode(bytes, { maxOutputLength: MAX_RESPONSE_BYTES }).toString();
  } catch (error) {
    // What unpacks to more than an answer may be.
    if (error instanceof RangeError) checkSize(Number.POSITIVE_INFINITY);
    throw error;
  }
}
