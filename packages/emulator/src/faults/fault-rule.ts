/** Which requests get a fault, and which one. A condition that is left out matches every request. @public */
export interface FaultRule {
  /** An operation such as `DescribeImage`, `AssumeRole` or `GetMetadataToken`. */
  readonly operation?: string | undefined;
  readonly accessKeyId?: string | undefined;
  /** How many matching requests are answered normally first. @default 0 */
  readonly skip?: number | undefined;
  /** How many matching requests get the fault. @default until cleared */
  readonly times?: number | undefined;
  /** The probability, from 0 to 1, that a matching request gets the fault. It depends on the seed only, so every run is the same. @default 1 */
  readonly probability?: number | undefined;
  /**
   * `after`: the request is verified and executed, then its answer is changed; an error of the emulator stays as it is.
   * `before`: the request is not verified, so its nonce stays unused.
   * @default 'after'
   */
  readonly when?: 'before' | 'after' | undefined;
  /** How long the answer is delayed, in real milliseconds. @default 0 */
  readonly delayMs?: number | undefined;
  /** What replaces the answer. @default none: the answer is only delayed */
  readonly effect?: FaultEffect | undefined;
}

/** What replaces an answer. @public */
export type FaultEffect =
  | {
      readonly kind: 'error';
      /** A code of the gateway, or any other. */
      readonly code: string;
      /** HTTP status. @default the gateway's status for the code, or 400 */
      readonly status?: number | undefined;
      readonly message?: string | undefined;
      readonly retryAfterMs?: number | undefined;
      /** @default the format that the caller requested */
      readonly format?: 'JSON' | 'XML' | undefined;
    }
  | {
      readonly kind: 'throttle';
      /** @default 'User' */
      readonly scope?: 'User' | 'Api' | undefined;
      /** @default no header */
      readonly retryAfterMs?: number | undefined;
    }
  /** Never answers. The connection stays open until one side closes it. */
  | { readonly kind: 'hang' }
  /** Cuts the connection with a TCP reset. */
  | { readonly kind: 'reset' }
  /** Announces the length of the whole body, sends a part and closes the connection. @default half of it */
  | { readonly kind: 'cut-body'; readonly bytes?: number | undefined }
  /** Sends a part of the body, with the length of that part. @default half of it */
  | { readonly kind: 'truncate'; readonly bytes?: number | undefined }
  /** Sends the body in small pieces. @default 16 bytes every 100 ms */
  | {
      readonly kind: 'slow-body';
      readonly chunkBytes?: number | undefined;
      readonly intervalMs?: number | undefined;
    }
  /** The error page of a proxy. @default 502 */
  | { readonly kind: 'html'; readonly status?: number | undefined }
  /** An empty body. @default the status of the answer */
  | { readonly kind: 'empty-body'; readonly status?: number | undefined }
  /** The right body with another content type. @default 'text/plain' */
  | { readonly kind: 'content-type'; readonly contentType?: string | undefined }
  /** A success without a digest. @default 'no-data' */
  | {
      readonly kind: 'no-digest';
      readonly shape?: 'no-data' | 'empty-data' | 'null-digest' | 'empty-digest' | undefined;
    }
  /** A success with an invalid digest. @default 'not-a-digest' */
  | { readonly kind: 'junk-digest'; readonly digest?: string | undefined }
  /** Any other response. */
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body: string;
    };

/** An active rule and its counts. @public */
export interface ActiveFault {
  /** Counts from 1. */
  readonly id: number;
  readonly rule: FaultRule;
  /** Matching requests so far. */
  readonly matched: number;
  /** Requests that got the fault so far. */
  readonly applied: number;
}
