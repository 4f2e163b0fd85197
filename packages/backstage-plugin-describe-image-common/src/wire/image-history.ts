import { z } from 'zod';
import { digestSchema, instantSchema, sourceSchema } from './facts.ts';
import { moveSchema } from './image-report.ts';

/** A stretch of time in which every observation of one source agreed. */
const periodSchema = z.object({
  digest: digestSchema,
  source: sourceSchema,
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
  /** How many observations it is made of. */
  observations: z.int().positive(),
  /** Of the last of them. */
  requestId: z.string().optional(),
});

/** `GET /entities/:kind/:namespace/:name/images/history?image=<key>`; both lists newest first. */
export const imageHistorySchema = z.object({
  entityRef: z.string(),
  key: z.string(),
  periods: z.array(periodSchema),
  moves: z.array(moveSchema),
  /** Older ones are deleted after so many days. */
  retentionDays: z.number(),
});

/** @public */
export type HistoryPeriod = z.infer<typeof periodSchema>;

/** What a tag was, over time. @public */
export type ImageHistory = z.infer<typeof imageHistorySchema>;
