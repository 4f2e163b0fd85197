import type { z } from 'zod';

/**
 * Checks a value that comes from outside.
 *
 * @param name - The name of the value in messages.
 * @param Failure - The class of the error.
 * @throws {RangeError} naming every wrong place in the value and what is expected there.
 */
export function parseWithSchema<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  name: string,
  Failure: new (message: string) => Error = RangeError,
): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `${[name, ...path].map(String).join('.')}: ${message}`,
  );
  throw new Failure(problems.join('\n'));
}
