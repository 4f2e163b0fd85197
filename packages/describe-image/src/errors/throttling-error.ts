import { DescribeImageError } from './describe-image-error.ts';

/** Too many requests, and still so after every retry. @public */
export class ThrottlingError extends DescribeImageError {
  override get code(): 'Throttling' {
    return 'Throttling';
  }
  override readonly remedy = 'Slow down: set requestsPerSecond, or a lower concurrency.';
  override readonly retryable = true;
}
