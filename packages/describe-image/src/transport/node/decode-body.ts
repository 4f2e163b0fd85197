import { MAX_RESPONSE_BYTES, tooLarge, unknownEncoding } from '../send.ts';
import { loadModule } from './load-module.ts';

/**
 * Decompresses a body: some gateways compress although the request accepts no encoding.
 *
 * @throws {@link ServiceError} for an unknown encoding and for a body that decompresses to more than the size limit.
 */
export async function decodeBody(bytes: Uint8Array, encoding: string, status: number): Promise<string> {
  const decompress = await decompressorOf(encoding.trim().toLowerCase());
  if (decompress === undefined) throw unknownEncoding(encoding, status);
  return new Promise((resolve, reject) => {
    decompress(bytes, { maxOutputLength: MAX_RESPONSE_BYTES }, (error, decoded) => {
      if (error === null) resolve(decoded.toString());
      else reject(error instanceof RangeError ? tooLarge() : error);
    });
  });
}

type Decompress = (
  bytes: Uint8Array,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

async function decompressorOf(encoding: string): Promise<Decompress | undefined> {
  const zlib = await loadModule('node:zlib');
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.gunzip;
    case 'deflate':
      return zlib.inflate;
    case 'br':
      return zlib.brotliDecompress;
    default:
      return undefined;
  }
}
