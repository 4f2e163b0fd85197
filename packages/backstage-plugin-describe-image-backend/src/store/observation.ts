import { type Image, type ImageDigest, normalizeDigest, parseImage } from '@describe-image/core/protocol';
import { z } from 'zod';
import { parseJson } from './tables.ts';

const digest = z.codec(z.string().nullable(), z.custom<ImageDigest | undefined>(), {
  decode: (text, context) => {
    const normalized = normalizeDigest(text);
    if (text !== null && normalized === undefined)
      context.issues.push({ code: 'custom', input: text, message: 'expected a digest' });
    return normalized;
  },
  encode: (value) => value ?? null,
});
const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const row = z.codec(z.record(z.string(), z.unknown()), z.custom<Image>(), {
  decode: (raw) => parseImage(raw),
  encode: ({ raw }) => ({ ...raw }),
});

/** Converts observations to JSON and back, for the cache and the database. */
export const observationCodec = z.object({
  source: z.enum(['DescribeImage', 'DescribeImageInstances']),
  /** Undefined when the source has no digest of the image. */
  digest,
  observedAt: instant,
  requestId: z.string().optional(),
  /** The image's row in the inventory, when that is the source. */
  row: row.optional(),
});

/** One source's digest of a tag at a time. */
export type Observation = Readonly<z.output<typeof observationCodec>>;

/** Formats an observation for a text column. */
export function formatObservation(observation: Observation): string {
  return JSON.stringify(observationCodec.encode(observation));
}

/** Parses a text column. Returns `undefined` for the format of another version of this package. */
export function parseObservation(text: string | null): Observation | undefined {
  return observationCodec.safeParse(parseJson(text)).data;
}
