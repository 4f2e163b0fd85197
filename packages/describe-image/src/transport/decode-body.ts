import { ServiceError } from '../errors/service-error.ts';
import { loadModule } from './load-module.ts';

/** No encoding is asked for, but gateways have been seen to compress all the same. */
export async function decodeBody(bytes: Buffer, encoding: string): Promise<string> {
  const zlib = await loadModule('node:zlib');
  const decode = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, br: zlib.brotliDecompressSync }[
    encoding
  ];
  if (decode === undefined)
    throw new ServiceError(`the answer is in an encoding that was not asked for: ${encoding}`);
  return decode(bytes).toString();
}
