import { z } from 'zod';

/** A number, or its decimal text: that is what an environment variable in a configuration becomes. */
export function numberOrText<Schema extends z.ZodType<number>>(schema: Schema) {
  const read = (value: unknown): unknown =>
    typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return z.preprocess(read, schema);
}
