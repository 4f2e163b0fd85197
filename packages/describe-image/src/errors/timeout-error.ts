import { DescribeImageError } from './describe-image-error.ts';

/** A deadline passed before the answer was complete. @public */
export class TimeoutError extends DescribeImageError {
  override get code(): 'Timeout' {
    return 'Timeout';
  }
  override readonly remedy = 'Raise attemptTimeoutMs or totalTimeoutMs, or check the network path.';
  override readonly retryable = true;
}
