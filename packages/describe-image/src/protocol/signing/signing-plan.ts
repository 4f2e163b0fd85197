import type { Credentials } from '../credentials.ts';
import type { SignedRequest, UnsignedRequest } from '../request.ts';
import { draftRequest, isoSeconds, type SigningValues } from './draft-request.ts';

/** Marks the place of a value that differs between requests. A header cannot contain it. */
const HOLE = '\0';
const HOLES: SigningValues = { query: HOLE, hashedPayload: HOLE, date: HOLE, nonce: HOLE };

/**
 * The canonical request and the header lines of all requests with the same headers, endpoint and credentials, as texts with holes for
 * the values that differ. They are composed once and filled for each request.
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

  /** The date as it is signed. It is formatted once for each second. */
  dateOf(date: Date): string {
    const second = Math.floor(date.getTime() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = isoSeconds(date);
    }
    return this.#date;
  }
}

/** Finds or creates the plan of a request by its headers object, which all requests of one operation share. */
export class SigningPlans {
  readonly #plans = new WeakMap<object, SigningPlan>();

  planFor(request: UnsignedRequest, credentials: Credentials): SigningPlan {
    let plan = this.#plans.get(request.headers);
    if (plan === undefined || !plan.fits(request, credentials)) {
      plan = new SigningPlan(request, credentials);
      // Headers that can change do not identify a plan.
      if (Object.isFrozen(request.headers)) this.#plans.set(request.headers, plan);
    }
    return plan;
  }
}

/** A signed request that fills the texts of its plan when they are read. */
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
