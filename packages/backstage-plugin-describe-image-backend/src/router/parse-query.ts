import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { z } from 'zod';
import { imageKeySchema, wholeNumber } from '../service/tags-query.ts';

export const noQuerySchema = z.strictObject({});

export const historyQuerySchema = z.strictObject({ image: imageKeySchema, limit: wholeNumber(1, 1000, 200) });

/** @throws InputError naming each parameter that is wrong and what is wanted. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, { query }: Request): z.infer<Schema> {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  throw new InputError(`wrong query parameters: ${faults.join('; ')}`);
}
