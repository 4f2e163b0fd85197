import { generateResponse } from './generate-response.ts';
import { randomFrom } from './random.ts';
import { readWithNode, readWithReader } from './read-response.ts';

/** How often the reader and Node agreed. */
export interface Agreement {
  readonly bothAccept: number;
  readonly bothReject: number;
  readonly onlyNodeAccepts: number;
}

/**
 * Reads the generated responses of a range of seeds with both readers.
 *
 * @throws Error with the seed and the bytes when the client's own reader accepts what Node rejects or reads differently.
 */
export async function compareReaders(firstSeed: number, count: number): Promise<Agreement> {
  const agreement = { bothAccept: 0, bothReject: 0, onlyNodeAccepts: 0 };
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const parts = generateResponse(randomFrom(seed));
    const own = readWithReader(parts);
    const node = await readWithNode(parts);
    if (own === undefined) agreement[node === undefined ? 'bothReject' : 'onlyNodeAccepts']++;
    else {
      const same =
        node !== undefined &&
        own.status === node.status &&
        own.body === node.body &&
        own.requestId === node.requestId &&
        own.contentType === node.contentType &&
        (!own.reusable || node.reusable);
      if (!same)
        throw new Error(`seed ${seed}: ${JSON.stringify({ own, node, parts: parts.map(String) }, null, 1)}`);
      agreement.bothAccept++;
    }
  }
  return agreement;
}
