import { z } from 'zod';
import { searchSchema, wholeNumber } from './tags-query.ts';

export const overviewQuerySchema = z.strictObject({
  owner: z.string().min(1, 'wanted an entity ref, or nothing').optional(),
  system: z.string().min(1, 'wanted an entity ref, or nothing').optional(),
  search: searchSchema,
  page: wholeNumber(1, 1_000_000, 1),
  pageSize: wholeNumber(1, 100, 50),
});

/** Which images of all entities to show. */
export type OverviewQuery = z.infer<typeof overviewQuerySchema>;
