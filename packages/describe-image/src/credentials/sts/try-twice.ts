import { DescribeImageError } from '../../errors/errors.ts';

/** Once more at once after a fault that may have passed: asking for credentials changes nothing, so it is safe to repeat. */
export async function tryTwice<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (DescribeImageError.isInstance(error) && error.retryable) return ask();
    throw error;
  }
}
