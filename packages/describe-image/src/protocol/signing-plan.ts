import type { Credentials } from './credentials.ts';
import { draftRequest, isoSeconds, type SigningValues } from './draft-request.ts';
import type { SignedRequest, UnsignedRequest } from './request.ts';

/** Stands for a value that differs between requests. No header may contain it. */
const HOLE = '\0';
const HOLES: SigningValues = { query: HOLE, hashedPayload: HOLE, date: HOLE, nonce: HOLE };

/**
 * What all requests with the same headers, endpoint and credentials have in common: the canonical request and the header lines as
 * texts with holes. Composing them costs more than hashing, so they are composed once.
 */
export class SigningPlan {
  readonly #request: UnsignedRequest;
  readonly #credentials: Credentials;
  readonly #canonical: readonly string[];
  readonly #lines: readonly string[];
  #second = Number.NaN;
  #date = '';

  /** @throws ValidationError for a header with a character that headers cannot have. */
  constructor(request: UnsignedRequest, credentials: Credentials) {
    this.#request = request;
    this.#credentials = { ...credentials };
    const { headers, canonicalRequest, authorization } = draftRequest(request, credentials, HOLES);
    this.#canonical = canonicalRequest.split(HOLE);
    this.#lines = Object.entries({ ...headers, authorization: authorization(HOLE) })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
      .split(HOLE);
  }

  /** Whether a request differs from the plan's own only in query, body, date and nonce. Credentials are compared by value. */
  fits({ method, endpoint, headers }: UnsignedRequest, credentials: Credentials): boolean {
    const { accessKeyId, accessKeySecret, securityToken } = this.#credentials;
    return (
      this.#request.headers === headers &&
      this.#request.endpoint === endpoint &&
      this.#request.method === method &&
      accessKeySecret === credentials.accessKeySecret &&
      accessKeyId === credentials.accessKeyId &&
      securityToken === credentials.securityToken
    );
  }

  canonicalRequest({ query, hashedPayload, date, nonce }: SigningValues): string {
    const [start, hash, day, id, end] = this.#canonical;
    return `${start}${query}${hash}${hashedPayload}${day}${date}${id}${nonce}${end}${hashedPayload}`;
  }

  headerLines({ hashedPayload, date, nonce }: SigningValues, signature: string): string {
    const [start, day, id, authorization, end] = this.#lines;
    return `${start}${hashedPayload}${day}${date}${id}${nonce}${authorization}${signature}${end}`;
  }

  /** The date as it is signed: written once for each second. */
  dateOf(date: Date): string {
    const second = Math.floor(date.getTime() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = isoSeconds(date);
    }
    return this.#date;
  }
}

/** Finds or makes the plan for a request. Requests of one operation share their headers object, which is the key. */
export class SigningPlans {
  readonly #plans = new WeakMap<object, SigningPlan>();

  planFor(request: UnsignedRequest, credentials: Credentials): SigningPlan {
    let plan = this.#plans.get(request.headers);
    if (plan === undefined || !plan.fits(request, credentials)) {
      plan = new SigningPlan(request, credentials);
      // Headers that can change are no key.
      if (Object.isFrozen(request.headers)) this.#plans.set(request.headers, plan);
    }
    return plan;
  }
}

/** A signed request whose texts are composed when they are read: most transports read the header lines, once. */
export class PlannedRequest implements SignedRequest {
  readonly method: UnsignedRequest['method'];
  readonly endpoint: UnsignedRequest['endpoint'];
  readonly query: string;
  readonly body: UnsignedRequest['body'];
  readonly stringToSign: string;
  readonly #signature: string;
  readonly #plan: SigningPlan;
  readonly #values: SigningValues;

  constructor(
    { method, endpoint, query, body }: UnsignedRequest,
    plan: SigningPlan,
    values: SigningValues,
    toSign: string,
    signature: string,
  ) {
    this.method = method;
    this.endpoint = endpoint;
    this.query = query;
    this.body = body;
    this.stringToSign = toSign;
    this.#signature = signature;
    this.#plan = plan;
    this.#values = values;
  }

  get canonicalRequest(): string {
    return this.#plan.canonicalRequest(this.#values);
  }

  get headerLines(): string {
    return this.#plan.headerLines(this.#values, this.#signature);
  }

  get headers(): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const line of this.headerLines.split('\r\n', -1)) {
      const colon = line.indexOf(': ');
      if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 2);
    }
    return headers;
  }
}
