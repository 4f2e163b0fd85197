import { z } from 'zod';
import { faultSchema } from './entity-images.ts';
import { imageReportSchema } from './image-report.ts';

/** One image of one entity, as it was last seen: an overview asks nobody. */
const overviewRowSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  ownerRef: z.string().optional(),
  systemRef: z.string().optional(),
  image: imageReportSchema,
});

/**
 * `GET /overview?owner=&system=&search=&page=1&pageSize=50`: the images of all entities that the caller may read. First what drifts or fails,
 * then what is not scanned, then what is risky, then the rest.
 */
export const imageOverviewSchema = z.object({
  rows: z.array(overviewRowSchema),
  page: z.int().positive(),
  pageSize: z.int().positive(),
  matching: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** Counts over all that match. */
  counts: z.object({
    drift: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    unscanned: z.int().nonnegative(),
    risky: z.int().nonnegative(),
    clean: z.int().nonnegative(),
  }),
  /** For the filters: everybody who owns one of the entities, and every system. */
  owners: z.array(z.string()),
  systems: z.array(z.string()),
  /** Annotations that could not be read, by entity. */
  faults: z.array(faultSchema.extend({ entityRef: z.string() })),
});

/** @public */
export type OverviewRow = z.infer<typeof overviewRowSchema>;

/** @public */
export type ImageOverview = z.infer<typeof imageOverviewSchema>;
