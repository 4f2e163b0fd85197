import { DescribeImageError, type ErrorDetails } from './describe-image-error.ts';

/** The service failed, or answered with something that cannot be read. @public */
export class ServiceError extends DescribeImageError {
  override get code(): 'Service' {
    return 'Service';
  }
  override readonly remedy: string;
  override readonly retryable: boolean;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details);
    this.retryable = (details.status ?? 0) >= 500;
    this.remedy = this.retryable
      ? 'Try again later; if it lasts, give the request id to support.'
      : 'Check the endpoint and proxies; else give the request id to support.';
  }
}
