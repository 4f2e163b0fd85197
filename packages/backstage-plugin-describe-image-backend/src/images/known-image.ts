import { failureSchema, imageReportSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { z } from 'zod';

const { live, lastMove } = imageReportSchema.shape;
const observation = live.unwrap().pick({ observedAt: true, requestId: true }).extend({
  digest: live.unwrap().shape.digest.optional(),
});

const source = z.object({
  /** Epoch milliseconds, until which the source need not be asked again. */
  expiresAt: z.number(),
  /** Its last answer, whenever that was. */
  answer: observation.optional(),
  /** Why the last attempt brought none. */
  failure: failureSchema.optional(),
  /** The source answered that it knows no such image, or no digest of it. */
  absent: z.boolean(),
});

/**
 * What is known of one image, source by source, as it is kept in the cache. An entry that another version of this package wrote does
 * not parse, and counts as none.
 */
export const knownImageSchema = z.object({
  version: z.literal(1),
  /** Epoch milliseconds of the last question. */
  askedAt: z.number(),
  inventory: source.extend({
    /** The row as it came. */
    row: z.record(z.string(), z.unknown()).optional(),
  }),
  live: source.optional(),
  lastMove,
});

/** What one source is known to say. */
export type KnownSource = z.infer<typeof source>;

/** What is known of one image, source by source. */
export type KnownImage = z.infer<typeof knownImageSchema>;
