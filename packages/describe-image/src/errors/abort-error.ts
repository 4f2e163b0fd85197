import { DescribeImageError } from './describe-image-error.ts';

/** The caller's AbortSignal fired. Its reason is the cause. @public */
export class AbortError extends DescribeImageError {
  override get code(): 'Abort' {
    return 'Abort';
  }
  override readonly remedy = 'None needed.';
}
