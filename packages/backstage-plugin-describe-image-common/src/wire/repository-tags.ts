import { z } from 'zod';
import { digestSchema, instantSchema } from './facts.ts';
import { riskSchema } from './risk.ts';

const tagRowSchema = z.object({
  tag: z.string(),
  digest: digestSchema.optional(),
  /** When the image was last pushed, as the inventory says. */
  updatedAt: instantSchema.optional(),
  risk: riskSchema,
  /** The image runs in a container, as the inventory says; absent where it does not say. */
  deployed: z.boolean().optional(),
  /** Other tags of the repository with this digest. */
  sharedWith: z.array(z.string()),
});

/** How to sort tags. */
export const tagSortSchema = z.enum(['updatedAt', '-updatedAt', 'tag', '-tag', 'risk', '-risk']);

/**
 * `GET /entities/:kind/:namespace/:name/images/tags?image=<key>&search=&sort=-updatedAt&page=1&pageSize=20`: the tags of a declared
 * image's repository. `search` is looked for in tags and digests; pages count from 1 and hold at most 100.
 */
export const repositoryTagsSchema = z.object({
  entityRef: z.string(),
  key: z.string(),
  repository: z.string(),
  tags: z.array(tagRowSchema),
  page: z.int().positive(),
  pageSize: z.int().positive(),
  /** Tags that fit the search. */
  matching: z.int().nonnegative(),
  /** Tags in all. */
  total: z.int().nonnegative(),
  /** Rows came or went while the inventory was read: some may be missing. */
  incomplete: z.boolean(),
  observedAt: instantSchema,
  requestId: z.string().optional(),
});

/** @public */
export type TagRow = z.infer<typeof tagRowSchema>;

/** @public */
export type TagSort = z.infer<typeof tagSortSchema>;

/** @public */
export type RepositoryTags = z.infer<typeof repositoryTagsSchema>;
