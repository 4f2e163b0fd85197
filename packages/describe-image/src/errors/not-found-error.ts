import { DescribeImageError } from './describe-image-error.ts';

/** The service answered, and has no digest or no such image. @public */
export class NotFoundError extends DescribeImageError {
  override get code(): 'NotFound' {
    return 'NotFound';
  }
  override readonly remedy =
    'Check the ids, the tag and the site: Security Center only knows images that it has synchronised.';
}
