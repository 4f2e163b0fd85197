import { z } from 'zod';
import { moveSchema, riskSchema } from './image-report.ts';
import { instantSchema } from './observation.ts';

const common = { instance: z.string(), key: z.string(), observedAt: instantSchema };

/** Schema of {@link ImageEvent}. @public */
export const imageEventSchema = z.discriminatedUnion('kind', [
  /** The tag points to another digest. */
  z.object({ kind: z.literal('moved'), ...common, move: moveSchema }),
  /** The tag points to a digest that it had earlier. */
  z.object({ kind: z.literal('moved-back'), ...common, move: moveSchema }),
  /** A scan found more risks than the previous one. */
  z.object({ kind: z.literal('risk-increased'), ...common, risk: riskSchema }),
  z.object({ kind: z.literal('scan-failed'), ...common, risk: riskSchema }),
  /** There was no live check for a long time. `checkedAt` is absent when there never was one. */
  z.object({ kind: z.literal('not-verified'), ...common, checkedAt: instantSchema.optional() }),
]);

/** What happened to an image, for notifications. `instance` and `key` identify the image. @public */
export type ImageEvent = z.infer<typeof imageEventSchema>;
