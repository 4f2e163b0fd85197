import { ValidationError } from '../errors/errors.ts';
import { canonicalHeaders } from './canonical-headers.ts';
import type { Credentials } from './credentials.ts';
import type { SignedRequest, UnsignedRequest } from './request.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** SHA-256 of the empty string: the hashed payload of every request without a body. */
export const EMPTY_PAYLOAD_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Written by signing, so they are dropped from the headers of the request. */
const SET_BY_SIGNING = [
  'authorization',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-security-token',
  'x-acs-signature-nonce',
];

/** Stands for a value that differs between requests. No header may contain it. */
const HOLE = '\0';
/** A line break would add a header of its own. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The values that fill the holes of a plan. */
export interface SigningValues {
  readonly hashedPayload: string;
  readonly dateMs: number;
  /** Must never repeat: the service answers `SignatureNonceUsed`. Use 128 random bits. */
  readonly nonce: string;
}

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

  /** @throws {@link ValidationError} for a header that would break the request. */
  constructor(request: UnsignedRequest, { accessKeyId, accessKeySecret, securityToken }: Credentials) {
    this.#request = request;
    this.#credentials = { accessKeyId, accessKeySecret, securityToken };
    const headers: Record<string, string> = { host: request.endpoint.host, ...request.headers };
    for (const name of SET_BY_SIGNING) delete headers[name];
    if (securityToken !== undefined) headers['x-acs-security-token'] = securityToken;
    for (const [name, value] of Object.entries(headers))
      if (!HEADER_VALUE.test(name + value))
        throw new ValidationError(`header ${JSON.stringify(name)}: has a character that headers cannot have`);
    headers['x-acs-content-sha256'] = HOLE;
    headers['x-acs-date'] = HOLE;
    headers['x-acs-signature-nonce'] = HOLE;

    const { block, signedHeaders } = canonicalHeaders(headers);
    const { method, endpoint } = request;
    this.#canonical = `${method}\n${endpoint.path}\n${HOLE}\n${block}\n${signedHeaders}\n${HOLE}`.split(HOLE);
    headers['authorization'] =
      `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${HOLE}`;
    this.#lines = Object.entries(headers)
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

  /** The text that is hashed: method, path, query, headers, their names, hashed payload. */
  canonicalRequest(query: string, { hashedPayload, dateMs, nonce }: SigningValues): string {
    const [start, hash, date, id, end] = this.#canonical;
    return `${start}${query}${hash}${hashedPayload}${date}${this.#isoSeconds(dateMs)}${id}${nonce}${end}${hashedPayload}`;
  }

  headerLines({ hashedPayload, dateMs, nonce }: SigningValues, signature: string): string {
    const [start, date, id, authorization, end] = this.#lines;
    return `${start}${hashedPayload}${date}${this.#isoSeconds(dateMs)}${id}${nonce}${authorization}${signature}${end}`;
  }

  /** `yyyy-MM-ddTHH:mm:ssZ`: the service rejects milliseconds. */
  #isoSeconds(dateMs: number): string {
    const second = Math.floor(dateMs / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = `${new Date(dateMs).toISOString().slice(0, 19)}Z`;
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

/** The text that is signed. */
export function stringToSign(hashedCanonicalRequest: string): string {
  return `${ALGORITHM}\n${hashedCanonicalRequest}`;
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
    return this.#plan.canonicalRequest(this.query, this.#values);
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
