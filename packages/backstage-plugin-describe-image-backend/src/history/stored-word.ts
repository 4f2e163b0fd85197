import { parseImage } from '@describe-image/core/protocol';
import { z } from 'zod';
import type { Observation } from './image-store.ts';

const schema = z.object({
  digest: z.string().optional(),
  observedAt: z.iso.datetime(),
  requestId: z.string().optional(),
  row: z.record(z.string(), z.unknown()).optional(),
});

/** What one source last said, as text for the database. */
export function writeWord({ digest, observedAt, requestId, row }: Observation): string {
  return JSON.stringify({ digest, observedAt: observedAt.toISOString(), requestId, row: row?.raw });
}

/** Reads it back; what another version wrote otherwise counts as nothing. */
export function readWord(
  text: string | null,
  identity: Observation['identity'],
  source: Observation['source'],
): Observation | undefined {
  const read = schema.safeParse(parseJson(text));
  if (!read.success) return undefined;
  const { digest, observedAt, requestId, row } = read.data;
  return {
    identity,
    source,
    digest,
    observedAt: new Date(observedAt),
    requestId,
    ...(row && { row: parseImage(row) }),
  };
}

/** The value of a text column that holds JSON; `undefined` for what is none. */
export function parseJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
