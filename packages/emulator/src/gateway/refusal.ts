import { GATEWAY_CODES } from './gateway-codes.ts';

export interface RefusalDetails {
  /** HTTP status. @default the gateway's status for the code, or 400 */
  readonly status?: number;
  /** @default the gateway's wording for the code */
  readonly message?: string;
  /** Further top-level fields of the error document, such as `AccessDeniedDetail`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Sent as `x-acs-retry-after`, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** The emulated service says no: becomes an error document in the gateway's dialect. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The gateway's code, for example `SignatureDoesNotMatch`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, details: RefusalDetails = {}) {
    super(details.message ?? GATEWAY_CODES[code]?.message ?? code);
    this.code = code;
    this.status = details.status ?? GATEWAY_CODES[code]?.status ?? 400;
    this.fields = details.fields ?? {};
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The refusal for an absent parameter or header, for example `MissingImageTag`. */
export function missing(name: string): Refusal {
  return new Refusal(`Missing${name}`, { message: `${name} is mandatory for this action.` });
}

/** An error on its way to the wire. What is no refusal is a defect: the service's own word for it, the cause on stderr. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  return new Refusal('InternalError');
}
