import { z } from 'zod';

/** A number or its decimal text: environment variables in the configuration are strings. */
export function numberOrText<Schema extends z.ZodType<number>>(schema: Schema) {
  const parse = (value: unknown): unknown =>
    typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return z.preprocess(parse, schema);
}
