import { z } from 'zod';
import { annotationFaultSchema, imageReportSchema } from './image-report.ts';
import { IMAGE_STATES } from './image-states.ts';
import { instantSchema } from './observation.ts';

const overviewEntitySchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  ownerRef: z.string().optional(),
  systemRef: z.string().optional(),
});

const overviewRowSchema = overviewEntitySchema.extend({ image: imageReportSchema });

/** The display name is the name of the entity when the caller may not read it. */
const overviewRefSchema = z.object({ ref: z.string(), displayName: z.string() });

/**
 * Schema of {@link ImageOverview}: the response of
 * `GET /overview?owner=&system=&state=&repository=&search=&page=1&pageSize=50`. Rows are sorted by their state, worst first. A filter that
 * is absent or empty matches all images. `search` matches entity, title, label, repository, tag and digests. `GET /overview.csv` with the
 * same filters returns all matching rows.
 *
 * @public
 */
export const imageOverviewSchema = z.object({
  rows: z.array(overviewRowSchema),
  page: z.int().positive(),
  pageSize: z.int().positive(),
  /** Number of images that match all filters. */
  matching: z.int().nonnegative(),
  /** Number of images without filters. */
  total: z.int().nonnegative(),
  /** Number of images per state that match all filters but `state`. Each image is counted once. */
  counts: z.record(z.enum(IMAGE_STATES), z.int().nonnegative()),
  /** All owners and systems of the entities, for the filters, by display name. */
  owners: z.array(overviewRefSchema),
  systems: z.array(overviewRefSchema),
  /** All repositories, for the filter. */
  repositories: z.array(z.string()),
  /** Invalid items of annotations, by entity, at most 100. They match `owner`, `system` and `search`, and no state or repository. */
  faults: z.array(annotationFaultSchema.extend(overviewEntitySchema.shape)),
  /** Number of all matching faults. */
  faultCount: z.int().nonnegative(),
  /** When the entities were read from the catalog. Later changes of entities are not in the response. */
  entitiesReadAt: instantSchema,
});

/** One image of one entity in its last known state. @public */
export type OverviewRow = z.infer<typeof overviewRowSchema>;

/** An owner or a system in {@link ImageOverview}. @public */
export type OverviewRef = z.infer<typeof overviewRefSchema>;

/** An invalid item of an annotation in {@link ImageOverview}. @public */
export type OverviewFault = ImageOverview['faults'][number];

/** The images of all entities that the user may read. @public */
export type ImageOverview = z.infer<typeof imageOverviewSchema>;
