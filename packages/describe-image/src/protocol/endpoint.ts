/** The host of requests, and why it was chosen. @public */
export interface Endpoint {
  readonly protocol: 'https:' | 'http:';
  /** As sent in the `host` header: with the port unless it is the protocol's own. */
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  /** `/` but for a custom endpoint with a path; it is part of what is signed. */
  readonly path: string;
  /** One clause about how this endpoint was chosen. */
  readonly reason: string;
}
