import { z } from 'zod';
import { digestSchema, instantSchema, observationSchema } from './facts.ts';
import { failureSchema } from './failure.ts';
import { riskSchema } from './risk.ts';

/** A tag that was pointed at another digest. */
export const moveSchema = z.object({
  /** The same for the same move, on every back end. */
  id: z.string(),
  from: digestSchema.optional(),
  to: digestSchema,
  observedAt: instantSchema,
  /** The tag had pointed to the new digest before. */
  movedBack: z.boolean(),
  requestId: z.string().optional(),
});

/** What is known of one declared image. What nobody said is absent. */
export const imageReportSchema = z.object({
  /** Names the image in signals, and tells nothing of it to who does not know it. */
  id: z.string(),
  /** {@link DeclaredImage.key} */
  key: z.string(),
  label: z.string().optional(),
  /** Name of the configured instance that was asked. */
  instance: z.string(),
  /** Repository without tag, as declared or, for ids, as the inventory names it. */
  repository: z.string(),
  tag: z.string().optional(),
  /** What the entity's owner says that the tag is. */
  declared: digestSchema.optional(),
  /** What DescribeImage says that the tag is. Absent where it was not asked, or had nothing to say. */
  live: observationSchema.optional(),
  /** What the inventory holds, which is what was scanned. */
  scanned: observationSchema.optional(),
  /** `drift` when two of declared, scanned and live differ; `unknown` when fewer than two are known. */
  drift: z.enum(['agree', 'drift', 'unknown']),
  risk: riskSchema.optional(),
  /** `repository:tag@sha256:…` of the live digest, else of the inventory's. */
  pinned: z.string().optional(),
  /** The image in the vendor's console. */
  consoleUrl: z.url().optional(),
  lastMove: moveSchema.optional(),
  /** Present when the last attempt failed; what was known before then stands beside it with its own time. */
  failure: failureSchema.optional(),
  /** Whether the answer was kept from an earlier question. */
  fromCache: z.boolean(),
});

/** A tag that was pointed at another digest. @public */
export type ImageMove = z.infer<typeof moveSchema>;

/** What is known of one declared image. @public */
export type ImageReport = z.infer<typeof imageReportSchema>;
