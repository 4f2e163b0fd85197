/** When the emulator misbehaves, and how. Every condition left out is met by every request. */
export interface FaultRule {
  /** An operation such as `DescribeImage`, `AssumeRole` or `GetMetadataToken`. */
  readonly operation?: string | undefined;
  readonly accessKeyId?: string | undefined;
  /** Lets this many matching requests through first. @default 0 */
  readonly skip?: number | undefined;
  /** Applies to this many matching requests, then no more. @default until cleared */
  readonly times?: number | undefined;
  /** Chance from 0 to 1 that a matching request is hit; decided by the seed, so the same in every run. @default 1 */
  readonly probability?: number | undefined;
  /**
   * `after`: the request is verified and carried out, then its answer is spoilt; what the emulator itself refuses is
   * refused as ever. `before`: the request is not even looked at, so its nonce stays unused.
   * @default 'after'
   */
  readonly when?: 'before' | 'after' | undefined;
  /** Holds the answer back for this long, in real milliseconds. @default 0 */
  readonly delayMs?: number | undefined;
  /** What happens instead of the answer. @default nothing, for a mere delay */
  readonly effect?: FaultEffect | undefined;
}

/** What happens instead of the answer. */
export type FaultEffect =
  | {
      readonly kind: 'error';
      /** A code of the gateway, or any other. */
      readonly code: string;
      /** HTTP status. @default the gateway's status for the code, or 400 */
      readonly status?: number | undefined;
      readonly message?: string | undefined;
      readonly retryAfterMs?: number | undefined;
      /** @default what the caller asked for */
      readonly format?: 'JSON' | 'XML' | undefined;
    }
  | {
      readonly kind: 'throttle';
      /** @default 'User' */
      readonly scope?: 'User' | 'Api' | undefined;
      /** @default no header */
      readonly retryAfterMs?: number | undefined;
    }
  /** Never answers; the connection stays open until someone closes it. */
  | { readonly kind: 'hang' }
  /** Cuts the connection with a TCP reset. */
  | { readonly kind: 'reset' }
  /** Announces the whole body, sends the beginning and cuts the connection. @default half of it */
  | { readonly kind: 'cut-body'; readonly bytes?: number | undefined }
  /** Sends the beginning of the body as if it were all of it. @default half of it */
  | { readonly kind: 'truncate'; readonly bytes?: number | undefined }
  /** Sends the body in small pieces. @default 16 bytes every 100 ms */
  | {
      readonly kind: 'slow-body';
      readonly chunkBytes?: number | undefined;
      readonly intervalMs?: number | undefined;
    }
  /** A proxy's error page. @default 502 */
  | { readonly kind: 'html'; readonly status?: number | undefined }
  /** No body at all. @default the status of the answer */
  | { readonly kind: 'empty-body'; readonly status?: number | undefined }
  /** The right body under the wrong name. @default 'text/plain' */
  | { readonly kind: 'content-type'; readonly contentType?: string | undefined }
  /** A success without a digest. @default 'no-data' */
  | {
      readonly kind: 'no-digest';
      readonly shape?: 'no-data' | 'empty-data' | 'null-digest' | 'empty-digest' | undefined;
    }
  /** A success whose digest is no digest. @default 'not-a-digest' */
  | { readonly kind: 'junk-digest'; readonly digest?: string | undefined }
  /** Anything else. */
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body: string;
    };

/** A rule in force, and what it has done so far. */
export interface ActiveFault {
  /** Counts from 1. */
  readonly id: number;
  readonly rule: FaultRule;
  /** Matching requests so far. */
  readonly matched: number;
  /** Requests it has hit so far. */
  readonly applied: number;
}
