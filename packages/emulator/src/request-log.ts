import type { Call } from './gateway/call.ts';
import type { Answer } from './gateway/error-document.ts';
import type { WireRequest } from './gateway/wire-request.ts';

/** What the emulator remembers of a request; signatures and tokens are redacted. */
export interface LoggedRequest {
  /** Counts from 1 over the emulator's life. */
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
  /** What was answered: `undefined` when the connection was cut instead. */
  readonly status: number | undefined;
  /** The code of the refusal, when it was one. */
  readonly code: string | undefined;
  readonly requestId: string;
}

const SECRET_PARAMETERS: ReadonlySet<string> = new Set(['Signature', 'SecurityToken', 'OIDCToken']);
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'x-acs-security-token',
  'x-acs-bearer-token',
  'x-aliyun-ecs-metadata-token',
  'cookie',
]);
const REDACTED = '[redacted]';

/** Keeps the newest requests, redacted. */
export class RequestLog {
  readonly #limit: number;
  /** Oldest first. */
  readonly entries: LoggedRequest[] = [];
  #sequence = 0;

  /** @param limit - How many requests to keep. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(request: WireRequest, call: Call | undefined, answer: LoggedAnswer): void {
    this.#sequence += 1;
    this.entries.push({
      sequence: this.#sequence,
      time: answer.time,
      method: request.method,
      scheme: call?.scheme ?? 'anonymous',
      operation: call?.action,
      version: call?.version,
      accessKeyId: call?.accessKeyId,
      parameters: redacted(call?.parameters ?? [], SECRET_PARAMETERS),
      headers: redacted(headerPairs(request.rawHeaders), SECRET_HEADERS),
      status: answer.status,
      code: answer.code,
      requestId: answer.requestId,
    });
    if (this.entries.length > this.#limit) this.entries.shift();
  }

  clear(): void {
    this.entries.length = 0;
    this.#sequence = 0;
  }
}

export interface LoggedAnswer {
  readonly time: number;
  readonly status: Answer['status'] | undefined;
  readonly code: string | undefined;
  readonly requestId: string;
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
