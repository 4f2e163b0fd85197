import { DescribeImageError } from './describe-image-error.ts';

/** The call was wrong: refused here before anything was sent, or by the service for a bad parameter. @public */
export class ValidationError extends DescribeImageError {
  override get code(): 'Validation' {
    return 'Validation';
  }
  override readonly remedy = 'Correct the value that the message names.';
}
