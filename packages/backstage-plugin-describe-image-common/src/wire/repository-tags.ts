import { z } from 'zod';
import { riskSchema } from './image-report.ts';
import { digestSchema, instantSchema } from './observation.ts';

const tagRowSchema = z.object({
  tag: z.string(),
  digest: digestSchema.optional(),
  /** Time of the last push, from the inventory. */
  updatedAt: instantSchema.optional(),
  risk: riskSchema,
  /** Whether a container runs the image. Absent when the inventory does not report it. */
  deployed: z.boolean().optional(),
  /** Other tags of the repository with the same digest. */
  sharedWith: z.array(z.string()),
});

/** Schema of {@link TagSort}. @public */
export const tagSortSchema = z.enum(['updatedAt', '-updatedAt', 'tag', '-tag', 'risk', '-risk']);

/**
 * Schema of {@link RepositoryTags}: the response of
 * `GET /entities/:kind/:namespace/:name/images/tags?image=<key>&search=&sort=-updatedAt&page=1&pageSize=20`. `search` matches tags and
 * digests. Pages start at 1 and hold at most 100 tags.
 *
 * @public
 */
export const repositoryTagsSchema = z.object({
  entityRef: z.string(),
  key: z.string(),
  repository: z.string(),
  tags: z.array(tagRowSchema),
  page: z.int().positive(),
  pageSize: z.int().positive(),
  /** Number of tags that match the search. */
  matching: z.int().nonnegative(),
  /** Number of all tags. */
  total: z.int().nonnegative(),
  /** The inventory changed while it was read: tags may be missing. */
  incomplete: z.boolean(),
  observedAt: instantSchema,
  requestId: z.string().optional(),
});

/** One tag of a repository. @public */
export type TagRow = z.infer<typeof tagRowSchema>;

/** Sort order of tags; `-` sorts in descending order. @public */
export type TagSort = z.infer<typeof tagSortSchema>;

/** The tags of the repository of a declared image. @public */
export type RepositoryTags = z.infer<typeof repositoryTagsSchema>;
