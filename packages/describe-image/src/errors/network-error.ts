import { DescribeImageError } from './describe-image-error.ts';

/** No complete answer arrived: the name did not resolve, the connection was refused or cut. @public */
export class NetworkError extends DescribeImageError {
  override get code(): 'Network' {
    return 'Network';
  }
  override readonly remedy =
    'Check the endpoint, DNS and the proxy settings; a VPC endpoint answers only inside a VPC.';
  override readonly retryable = true;

  constructor(message: string, details: { readonly cause?: unknown } = {}) {
    super(message, { cause: withoutPayload(details.cause) });
  }
}

/** Runtimes hang raw bytes and whole requests on their errors: keep what names the fault, drop the rest. */
function withoutPayload(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  const { name, message, stack } = cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {};
  return Object.assign(new Error(message), { name, stack }, code);
}
