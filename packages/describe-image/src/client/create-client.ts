import { AbortError, TimeoutError } from '../errors/errors.ts';
import { type DescribedImage, describeImage } from '../images/digests/describe-image.ts';
import type { ResolvedImage, ResolveImageOptions } from '../images/digests/resolve-image.ts';
import type { FindTagsOptions, TagsOfDigest } from '../images/inventory/find-tags.ts';
import type { ImageFilter } from '../images/inventory/image-filter.ts';
import type { ImageList, ListImagesOptions } from '../images/inventory/list-images.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import { buildRequest } from '../protocol/build-request.ts';
import { resolveCallLimits } from '../protocol/call-limits.ts';
import type { Answer, CallOptions, Operation } from '../protocol/operation.ts';
import type { Endpoint } from '../protocol/request.ts';
import { Caller } from './caller.ts';
import { type ClientOptions, resolveClientOptions } from './client-options.ts';
import { Connection } from './connection.ts';
import type { Explanation } from './explain-request.ts';
import { PendingRequest } from './pending-request.ts';
import type { Runtime } from './runtime.ts';

/** A call's own limits and signal, over the client's. @public */
export type ClientCallOptions = CallOptions;

/**
 * One account at one endpoint. Make one and keep it: it holds the sockets, the corrected clock and the limits.
 *
 * @public
 */
export interface Client {
  /**
   * The digest of a tag by its four ids.
   *
   * @throws NotFoundError when the service knows no digest; ValidationError for an empty id.
   */
  describeImage(input: DescribeImageInput, options?: ClientCallOptions): Promise<DescribedImage>;
  /**
   * The images that Security Center has synchronised. Nothing is sent before the first image is read.
   *
   * @throws ValidationError at the first use, for an invalid filter, limit or page size.
   */
  listImages(filter?: ImageFilter, options?: ListImagesOptions): ImageList;
  /**
   * From `host/namespace/repository:tag[@sha256:…]` to a digest: the inventory is searched, and DescribeImage asked where the ids
   * allow it.
   *
   * @throws AmbiguousError listing the candidates; NotFoundError.
   */
  resolveImage(reference: string, options?: ResolveImageOptions): Promise<ResolvedImage>;
  /** Every tag that carries a digest. */
  findTags(digest: string, options?: FindTagsOptions): Promise<TagsOfDigest>;
  /** Any operation, described or raw (`rawOperation`). */
  call<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    options?: ClientCallOptions,
  ): Promise<Answer<Output>>;
  /** Every stage of signing a call, without sending it and without secrets. */
  explain<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Explanation>;
  readonly endpoint: Endpoint;
  /** How far the service's clock is ahead, in milliseconds, as measured when it rejected a date. */
  readonly clockOffsetMs: number;
  /**
   * Ends all calls at once with an AbortError, closes all sockets, and rejects later calls. Sockets of a `send` of your own stay
   * open.
   */
  close(): void;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
  /** `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const NO_OPTIONS: ClientCallOptions = {};

/** Creates a client over a runtime. A call is checked, built, and joined to an equal read or queued; then see `pending-request.ts`. */
export function createClientOn(runtime: Runtime, clientOptions: ClientOptions): Client {
  const options = resolveClientOptions(clientOptions, runtime.hasSockets);
  const connection = new Connection(runtime, options);

  function call<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    callOptions: ClientCallOptions = NO_OPTIONS,
  ): Promise<Answer<Output>> {
    return new Promise((resolve, reject) => {
      const { signal, sharedTotal } = callOptions;
      if (connection.isClosed) throw new AbortError('the client was closed');
      if (signal?.aborted) throw new AbortError('the call was aborted', { cause: signal.reason });
      const limits = callOptions === NO_OPTIONS ? options : resolveCallLimits(callOptions, options);
      const { totalTimeoutMs } = limits;
      const now = runtime.monotonic();
      const deadline = sharedTotal?.deadline ?? now + totalTimeoutMs;
      if (sharedTotal !== undefined) sharedTotal.deadline = deadline;
      if (deadline <= now) throw new TimeoutError(`not finished within ${totalTimeoutMs} ms`);
      const unsigned = buildRequest(operation, operation.parseInput(input), options.endpoint);

      const request = new PendingRequest(connection, operation, unsigned, limits);
      const isShared = operation.idempotent && options.shareEqualReads;
      // An equal read has the same operation, and so the same output.
      const equal = isShared
        ? (connection.reads.findOrAdd(request as PendingRequest<unknown>) as
            | PendingRequest<Output>
            | undefined)
        : undefined;
      const caller = new Caller<Output>(connection, { resolve, reject, signal, deadline, totalTimeoutMs });
      if (equal === undefined) request.open(caller);
      else equal.join(caller);
    });
  }

  const close = (): void => connection.close();
  return {
    call,
    describeImage: (input, callOptions) => describeImage(call, input, callOptions),
    // Loaded at the first use, because many programs call only describeImage.
    listImages(filter, listOptions) {
      const given = [{ ...filter }, { ...listOptions }] as const;
      return deferList(async () => {
        const { listImages } = await import('../images/inventory/list-images.ts');
        return listImages(call, ...given);
      });
    },
    async resolveImage(reference, resolveOptions) {
      const { resolveImage } = await import('../images/digests/resolve-image.ts');
      return resolveImage(call, reference, resolveOptions);
    },
    async findTags(digest, findOptions) {
      const { findTags } = await import('../images/inventory/find-tags.ts');
      return findTags(call, digest, findOptions);
    },
    async explain(operation, input) {
      const { explainCall } = await import('./explain-request.ts');
      return explainCall(connection, operation, input);
    },
    endpoint: options.endpoint,
    get clockOffsetMs() {
      return connection.clock.offsetMs;
    },
    close,
    // Node before 20.4 has no such symbols.
    [Symbol.dispose ?? 'dispose']: close,
    [Symbol.asyncDispose ?? 'asyncDispose']: async () => close(),
  };
}

/** A list that is opened at its first use. */
function deferList(open: () => Promise<ImageList>): ImageList {
  let opened: Promise<ImageList> | undefined;
  const list = (): Promise<ImageList> => {
    opened ??= open();
    return opened;
  };
  return {
    async *pages() {
      yield* (await list()).pages();
    },
    all: async () => (await list()).all(),
    async *[Symbol.asyncIterator]() {
      yield* await list();
    },
  };
}
