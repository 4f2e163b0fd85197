import { GATEWAY_CODES } from './gateway-codes.ts';

export interface ApiErrorDetails {
  /** HTTP status. @default the gateway's status for the code, or 400 */
  readonly status?: number;
  /** @default the gateway's message for the code */
  readonly message?: string;
  /** Further top-level fields of the error document, such as `AccessDeniedDetail`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Sent as `x-acs-retry-after`, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** An error of the emulated service, which is sent as an error document. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The gateway's code, for example `SignatureDoesNotMatch`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, details: ApiErrorDetails = {}) {
    super(details.message ?? GATEWAY_CODES[code]?.message ?? code);
    this.code = code;
    this.status = details.status ?? GATEWAY_CODES[code]?.status ?? 400;
    this.fields = details.fields ?? {};
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The error for a missing parameter or header, for example `MissingImageTag`. */
export function missingParameter(name: string): ApiError {
  return new ApiError(`Missing${name}`, { message: `${name} is mandatory for this action.` });
}

/** Converts any error to one that can be sent. An error other than ApiError is a bug: it is logged and answered with HTTP 500. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  return new ApiError('InternalError');
}
