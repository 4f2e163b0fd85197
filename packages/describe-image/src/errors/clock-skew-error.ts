import { DescribeImageError, type ErrorDetails } from './describe-image-error.ts';

/** The request's date was too far from the service's clock, even after one correction. @public */
export class ClockSkewError extends DescribeImageError {
  override get code(): 'ClockSkew' {
    return 'ClockSkew';
  }
  override readonly remedy = "Set this machine's clock (NTP): dates may differ by 15 minutes at most.";
  /** The service's time of answering in epoch milliseconds, when its Date header could be read. */
  readonly serverTimeMs: number | undefined;
  /** How far the service's clock is ahead of ours, in milliseconds. */
  offsetMs: number | undefined;

  constructor(message: string, details: ErrorDetails & { serverTimeMs: number | undefined }) {
    super(message, details);
    this.serverTimeMs = details.serverTimeMs;
  }
}
