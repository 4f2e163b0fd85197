import { z } from 'zod';
import { moveSchema } from './image-report.ts';
import { digestSchema, instantSchema, sourceSchema } from './observation.ts';

const periodSchema = z.object({
  digest: digestSchema,
  source: sourceSchema,
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
  /** Number of observations in the period. */
  observations: z.int().positive(),
  /** Request id of the last observation. */
  requestId: z.string().optional(),
});

/**
 * Schema of {@link ImageHistory}: the response of `GET /entities/:kind/:namespace/:name/images/history?image=<key>`.
 *
 * @public
 */
export const imageHistorySchema = z.object({
  entityRef: z.string(),
  key: z.string(),
  /** Newest first. */
  periods: z.array(periodSchema),
  /** Newest first. */
  moves: z.array(moveSchema),
  /** Number of days after which periods and moves are deleted. */
  retentionDays: z.number(),
});

/** Consecutive observations of one source with the same digest. @public */
export type HistoryPeriod = z.infer<typeof periodSchema>;

/** The digests of a tag over time. @public */
export type ImageHistory = z.infer<typeof imageHistorySchema>;
