import type { Call } from './gateway/call.ts';
import type { WireRequest } from './gateway/wire-request.ts';

/** One logged request. Signatures and tokens are redacted. @public */
export interface LoggedRequest {
  /** Counts from 1 since the last reset. */
  readonly sequence: number;
  /** The emulator's time, in milliseconds since the epoch. */
  readonly time: number;
  readonly method: string;
  readonly scheme: Call['scheme'];
  readonly operation: string | undefined;
  readonly version: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** HTTP status of the answer; `undefined` when there was none. */
  readonly status: number | undefined;
  /** The code with which the emulator rejected the request. */
  readonly code: string | undefined;
  /** The code with which a strict emulator would have rejected it. */
  readonly warning: string | undefined;
  /** The id of the fault that changed the answer. */
  readonly fault: number | undefined;
  readonly requestId: string;
}

/** The parts of a call that are logged. */
export type LoggedCall = Pick<Call, 'scheme' | 'action' | 'version' | 'accessKeyId' | 'parameters'>;

export type LoggedAnswer = Pick<
  LoggedRequest,
  'time' | 'status' | 'code' | 'warning' | 'fault' | 'requestId'
>;

const SECRET_PARAMETERS: ReadonlySet<string> = new Set(['Signature', 'SecurityToken', 'OIDCToken']);
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'x-acs-security-token',
  'x-acs-bearer-token',
  'x-aliyun-ecs-metadata-token',
  'cookie',
]);
const REDACTED = '[redacted]';

/** Keeps the latest requests, redacted. */
export class RequestLog {
  readonly #limit: number;
  readonly #observe: ((request: LoggedRequest) => void) | undefined;
  /** Oldest first. */
  readonly entries: LoggedRequest[] = [];
  #sequence = 0;

  /**
   * @param limit - How many requests to keep.
   * @param observe - Called with every request.
   */
  constructor(limit: number, observe?: (request: LoggedRequest) => void) {
    this.#limit = limit;
    this.#observe = observe;
  }

  add(request: WireRequest, call: LoggedCall, answer: LoggedAnswer): void {
    this.#sequence += 1;
    const entry: LoggedRequest = {
      sequence: this.#sequence,
      time: answer.time,
      method: request.method,
      scheme: call.scheme,
      operation: call.action,
      version: call.version,
      accessKeyId: call.accessKeyId,
      parameters: redacted(call.parameters, SECRET_PARAMETERS),
      headers: redacted(headerPairs(request.rawHeaders), SECRET_HEADERS),
      status: answer.status,
      code: answer.code,
      warning: answer.warning,
      fault: answer.fault,
      requestId: answer.requestId,
    };
    this.entries.push(entry);
    if (this.entries.length > this.#limit) this.entries.shift();
    this.#observe?.(entry);
  }

  clear(): void {
    this.entries.length = 0;
    this.#sequence = 0;
  }
}

function redacted(
  pairs: Iterable<readonly [string, string]>,
  secret: ReadonlySet<string>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of pairs) result[name] = secret.has(name) ? REDACTED : value;
  return result;
}

function* headerPairs(rawHeaders: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    yield [(rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? ''];
  }
}
