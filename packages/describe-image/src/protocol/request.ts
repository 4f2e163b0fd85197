/** The host of requests, and why it was chosen. @public */
export interface Endpoint {
  readonly protocol: 'https:' | 'http:';
  /** As sent in the `host` header: with the port unless it is the protocol's own. */
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  /** `/`, or the path of a custom endpoint. It is signed. */
  readonly path: string;
  /** One clause about how this endpoint was chosen. */
  readonly reason: string;
}

/** The methods of RPC APIs (`GET` and `POST`) and of ROA APIs. @public */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A request without its signature. Its bytes are final: no later step encodes anything. @public */
export interface UnsignedRequest {
  readonly method: HttpMethod;
  readonly endpoint: Endpoint;
  /** The canonical query: sent exactly as it is signed. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** A request as it is sent, with the two texts that were hashed and signed, for diagnosis. @public */
export interface SignedRequest extends UnsignedRequest {
  /**
   * The headers as they are sent: `name: value\r\n` lines in sending order, without `content-length` and `connection`. Absent where
   * only `headers` is known.
   *
   * @internal
   */
  readonly headerLines?: string | undefined;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/** A response, with its body decoded to text. @public */
export interface HttpResponse {
  readonly status: number;
  /** A response header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** Path and query exactly as they were signed. */
export function requestTarget({ endpoint, query }: Pick<SignedRequest, 'endpoint' | 'query'>): string {
  return query === '' ? endpoint.path : `${endpoint.path}?${query}`;
}

/** The URL of a request, with the query exactly as it was signed. @public */
export function requestUrl(request: Pick<SignedRequest, 'endpoint' | 'query'>): string {
  return `${request.endpoint.protocol}//${request.endpoint.host}${requestTarget(request)}`;
}
