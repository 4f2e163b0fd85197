import { tagSortSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { z } from 'zod';

/** A whole number in a URL. */
export function wholeNumber(least: number, most: number, fallback: number) {
  const message = `wanted a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message))
    .default(fallback);
}

/** The key of a declared image. */
export const imageKeySchema = z.string({ error: 'wanted the key of a declared image' }).min(1);

/** What is looked for; it is compared in lower case. */
export const searchSchema = z.string().max(200, 'wanted at most 200 characters').default('');

export const tagsQuerySchema = z.strictObject({
  image: imageKeySchema,
  search: searchSchema,
  sort: tagSortSchema.default('-updatedAt'),
  page: wholeNumber(1, 1_000_000, 1),
  pageSize: wholeNumber(1, 100, 20),
});

/** Which tags of a repository to show. */
export type TagsQuery = z.infer<typeof tagsQuerySchema>;
