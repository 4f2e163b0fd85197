import { DescribeImageError } from '../errors/errors.ts';

/** A copy of an error, so that each caller gets its own. Errors of other packages are not copied: their class is unknown. */
export function copyError<Value>(error: Value): Value {
  if (!DescribeImageError.isInstance(error)) return error;
  const copy: Value = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(error));
}
