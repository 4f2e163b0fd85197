import { DescribeImageError } from './describe-image-error.ts';

/** No usable credentials: none found, or the service does not know, has disabled or has expired them. @public */
export class CredentialsError extends DescribeImageError {
  override get code(): 'Credentials' {
    return 'Credentials';
  }
  override readonly remedy: string = 'Check that the AccessKey exists, is enabled and has not expired.';
}
