import { InputError } from '@backstage/errors';
import { IMAGE_STATES, tagSortSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { z } from 'zod';

/** An integer in a query string. */
function integer(min: number, max: number, fallback: number) {
  const message = `expected an integer from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
    .default(fallback);
}

const imageKey = z.string({ error: 'expected the key of a declared image' }).min(1);
const search = z.string().max(200, 'expected at most 200 characters').default('');
const page = integer(1, 1_000_000, 1);

export const noQuerySchema = z.strictObject({});

export const historyQuerySchema = z.strictObject({ image: imageKey, limit: integer(1, 1000, 200) });

export const tagsQuerySchema = z.strictObject({
  image: imageKey,
  search,
  sort: tagSortSchema.default('-updatedAt'),
  page,
  pageSize: integer(1, 100, 20),
});

/** Selects tags of a repository. */
export type TagsQuery = z.infer<typeof tagsQuerySchema>;

/** An empty filter matches all images, as in a link to an unfiltered page. */
const filter = z
  .string()
  .max(600, 'expected at most 600 characters')
  .transform((value) => value || undefined)
  .optional();

export const overviewExportQuerySchema = z.strictObject({
  owner: filter,
  system: filter,
  repository: filter,
  state: filter.pipe(z.enum(IMAGE_STATES, `expected one of ${IMAGE_STATES.join(', ')}`).optional()),
  search,
});

/** Selects images of all entities. */
export type OverviewExportQuery = z.infer<typeof overviewExportQuerySchema>;

export const overviewQuerySchema = overviewExportQuerySchema.extend({ page, pageSize: integer(1, 100, 50) });

/** Selects a page of images of all entities. */
export type OverviewQuery = z.infer<typeof overviewQuerySchema>;

/** @throws InputError that names each invalid parameter and what is expected. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  throw new InputError(`invalid query parameters: ${faults.join('; ')}`);
}
