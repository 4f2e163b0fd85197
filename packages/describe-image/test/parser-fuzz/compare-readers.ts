import { generateResponse } from './generate-response.ts';
import { randomFrom } from './random.ts';
import { readWithNode, readWithReader } from './read-response.ts';

/** How often the reader and Node agreed. */
export interface Agreement {
  readonly bothAccept: number;
  readonly bothReject: number;
  readonly onlyNodeAccepts: number;
}

/** Responses that Node reads at the same time, so that they share turns of the event loop. */
const BATCH = 100;

/**
 * Reads the generated responses of a range of seeds with both readers.
 *
 * @throws Error with the seed and the bytes when the client's own reader accepts what Node rejects or reads differently.
 */
export async function compareReaders(firstSeed: number, count: number): Promise<Agreement> {
  const agreement = { bothAccept: 0, bothReject: 0, onlyNodeAccepts: 0 };
  for (let start = firstSeed; start < firstSeed + count; start += BATCH) {
    const seeds = Array.from(
      { length: Math.min(BATCH, firstSeed + count - start) },
      (_, index) => start + index,
    );
    const results = await Promise.all(seeds.map(compareOne));
    for (const result of results) agreement[result]++;
  }
  return agreement;
}

async function compareOne(seed: number): Promise<keyof Agreement> {
  const parts = generateResponse(randomFrom(seed));
  const own = readWithReader(parts);
  const node = await readWithNode(parts);
  if (own === undefined) return node === undefined ? 'bothReject' : 'onlyNodeAccepts';
  const same =
    node !== undefined &&
    own.status === node.status &&
    own.body === node.body &&
    own.requestId === node.requestId &&
    own.contentType === node.contentType &&
    (!own.reusable || node.reusable);
  if (!same)
    throw new Error(`seed ${seed}: ${JSON.stringify({ own, node, parts: parts.map(String) }, null, 1)}`);
  return 'bothAccept';
}
