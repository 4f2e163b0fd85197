import type { CallLimits, SharedTotal } from './retrying/call-limits.ts';

/** Parameters by their wire names, not encoded yet. `undefined` is omitted. @public */
export type FlatParameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** The parts of a request that carry parameters. Security Center reads nearly all of them from the query. @public */
export interface RequestParts {
  readonly query?: FlatParameters | undefined;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: FlatParameters | undefined;
}

/**
 * One API operation: everything that differs between operations, as data and three pure functions.
 *
 * @public
 */
export interface Operation<Input, Output> {
  /** The name of the API's action. Case matters. */
  readonly action: string;
  readonly version: string;
  /** The product's code in the `aliyun` command line, lower-case. */
  readonly product: string;
  readonly method: 'GET' | 'POST';
  /** Whether it is safe to send twice. Only then is it retried after a lost answer, and can equal calls share one request. */
  readonly idempotent: boolean;
  /** The action that RAM must allow. */
  readonly ramAction: string;
  /** @throws ValidationError naming the field and what it must be. */
  readonly parseInput: (input: unknown) => Input;
  readonly toRequest: (input: Input) => RequestParts;
  /** @throws NotFoundError or ServiceError when the document lacks a documented member. */
  readonly parseOutput: (
    document: Readonly<Record<string, unknown>>,
    requestId: string | undefined,
  ) => Output;
}

/** The result of a call. @public */
export interface Answer<Output> {
  readonly output: Output;
  /** The service's id of the request. */
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** When the answer arrived, by the local clock. */
  readonly observedAt: Date;
  /** Requests sent. */
  readonly attempts: number;
}

/** Options that every call accepts. @public */
export interface CallOptions extends CallLimits {
  /** Aborts the call, also while it waits. */
  readonly signal?: AbortSignal | undefined;
  /** Set by functions that make several calls within one `totalTimeoutMs`. @internal */
  readonly sharedTotal?: SharedTotal | undefined;
}

/**
 * Performs an operation. The functions of `./images` take it as an argument: `client.call`, or a function of a host with its own HTTP
 * client.
 *
 * @public
 */
export type Call = <Input, Output>(
  operation: Operation<Input, Output>,
  input: Input,
  options?: CallOptions,
) => Promise<Answer<Output>>;
