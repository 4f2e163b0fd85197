import { z } from 'zod';
import { faultSchema, imageReportSchema } from './image-report.ts';

const overviewRowSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  ownerRef: z.string().optional(),
  systemRef: z.string().optional(),
  image: imageReportSchema,
});

/**
 * Schema of {@link ImageOverview}: the response of `GET /overview?owner=&system=&search=&page=1&pageSize=50`. Rows are sorted: first drift
 * and failures, then images without a scan result, then risky images, then the others.
 *
 * @public
 */
export const imageOverviewSchema = z.object({
  rows: z.array(overviewRowSchema),
  page: z.int().positive(),
  pageSize: z.int().positive(),
  matching: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** Counts over all matching rows. */
  counts: z.object({
    drift: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    unscanned: z.int().nonnegative(),
    risky: z.int().nonnegative(),
    clean: z.int().nonnegative(),
  }),
  /** All owners and systems of the entities, for the filters. */
  owners: z.array(z.string()),
  systems: z.array(z.string()),
  /** Invalid items of the annotations, by entity. */
  faults: z.array(faultSchema.extend({ entityRef: z.string() })),
});

/** One image of one entity in its last known state. @public */
export type OverviewRow = z.infer<typeof overviewRowSchema>;

/** The images of all entities that the user may read. @public */
export type ImageOverview = z.infer<typeof imageOverviewSchema>;
