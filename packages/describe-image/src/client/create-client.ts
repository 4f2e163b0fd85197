import { AbortError, TimeoutError } from '../errors/errors.ts';
import { type DescribedImage, describedImage } from '../images/digests/describe-image.ts';
import type { ResolvedImage, ResolveImageOptions } from '../images/digests/resolve-image.ts';
import type { FindTagsOptions, TagsOfDigest } from '../images/inventory/find-tags.ts';
import type { ImageFilter } from '../images/inventory/image-filter.ts';
import type { ImageList, ListImagesOptions } from '../images/inventory/list-images.ts';
import type {
  ListVulnerabilitiesOptions,
  VulnerabilityList,
  VulnerabilityQuery,
} from '../images/vulnerabilities/list-vulnerabilities.ts';
import { type DescribeImageInput, describeImageOperation } from '../operations/describe-image.ts';
import { buildRequest } from '../protocol/build-request.ts';
import type { Answer, Call, CallOptions, Operation } from '../protocol/operation.ts';
import type { Endpoint } from '../protocol/request.ts';
import { resolveCallLimits } from '../protocol/retrying/call-limits.ts';
import { Caller } from './caller.ts';
import { type ClientOptions, resolveClientOptions } from './client-options.ts';
import { ClientState } from './client-state.ts';
import type { Explanation } from './explain-request.ts';
import { PendingRequest } from './pending-request.ts';
import type { Runtime } from './runtime.ts';

/** The limits and the signal of one call. They take precedence over the client's. @public */
export type ClientCallOptions = CallOptions;

/**
 * Calls of one account to one endpoint. Create one client and keep it: it holds the sockets, the clock correction and the rate limit.
 *
 * @public
 */
export interface Client {
  /**
   * The digest of a tag by its four ids.
   *
   * @throws NotFoundError if the service has no digest for the tag; ValidationError for an empty id.
   */
  describeImage(input: DescribeImageInput, options?: ClientCallOptions): Promise<DescribedImage>;
  /**
   * The images that Security Center has synchronised. Nothing is sent before the first image is read.
   *
   * @throws ValidationError at the first use, for an invalid filter, limit or page size.
   */
  listImages(filter?: ImageFilter, options?: ListImagesOptions): ImageList;
  /**
   * The digest of a reference `host/namespace/repository:tag[@sha256:…]`: finds its row in the inventory, then asks DescribeImage if it
   * accepts the ids of the row.
   *
   * @throws ValidationError for a text that is not a reference; NotFoundError; AmbiguousError with the candidates; UnverifiedError.
   */
  resolveImage(reference: string, options?: ResolveImageOptions): Promise<ResolvedImage>;
  /**
   * All tags that have a digest in the inventory.
   *
   * @throws ValidationError for a digest that is not 64 hex digits.
   */
  findTags(digest: string, options?: FindTagsOptions): Promise<TagsOfDigest>;
  /**
   * The vulnerabilities of one image: of a digest, a reference or four ids. `subject` of the result has the digest that was scanned and
   * whether the tag still has it. Nothing is sent before the first vulnerability is read.
   *
   * @throws at the first use: ValidationError for an invalid query, limit or page size; NotFoundError and AmbiguousError for a
   * reference; PermissionError if RAM does not allow `yundun-sas:DescribeImageVulList`.
   */
  listVulnerabilities(query: VulnerabilityQuery, options?: ListVulnerabilitiesOptions): VulnerabilityList;
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
   * Ends all calls immediately with an AbortError, closes all sockets, and rejects later calls. Sockets of a `send` of your own stay
   * open.
   */
  close(): void;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
  /** `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const NO_OPTIONS: ClientCallOptions = {};

/** Creates a client on a runtime. A call is checked and built, then joins an equal read or becomes a {@link PendingRequest}. */
export function createClientOn(runtime: Runtime, clientOptions: ClientOptions): Client {
  const options = resolveClientOptions(clientOptions, runtime.hasSockets);
  const state = new ClientState(runtime, options);

  /** @param toResult - Called with the answer and the parsed input. A second promise for it would take memory while the call waits. */
  function perform<Input, Output, Result>(
    operation: Operation<Input, Output>,
    input: Input,
    callOptions: ClientCallOptions = NO_OPTIONS,
    toResult: (answer: Answer<Output>, input: Input) => Result,
  ): Promise<Result> {
    return new Promise<Result>((resolve) => {
      const { signal, sharedTotal } = callOptions;
      if (state.isClosed) throw new AbortError('the client was closed');
      if (signal?.aborted) throw new AbortError('the call was aborted', { cause: signal.reason });
      const limits = callOptions === NO_OPTIONS ? options : resolveCallLimits(callOptions, options);
      const { totalTimeoutMs } = limits;
      const now = runtime.monotonic();
      const deadline = sharedTotal?.deadline ?? now + totalTimeoutMs;
      if (sharedTotal !== undefined) sharedTotal.deadline = deadline;
      if (deadline <= now) throw new TimeoutError(`not finished within ${totalTimeoutMs} ms`);
      const parsed = operation.parseInput(input);
      const unsigned = buildRequest(operation, parsed, options.endpoint);

      const request = new PendingRequest(state, operation, unsigned, limits);
      const isShared = operation.idempotent && options.shareEqualReads;
      // Only requests are added, and an equal one has the same operation, and so the same output.
      const equal = isShared
        ? (state.reads.findOrAdd(request) as PendingRequest<Output> | undefined)
        : undefined;
      const caller = new Caller<Output>({ resolve, toResult, input: parsed }, signal, deadline);
      if (equal === undefined) request.open(caller);
      else equal.join(caller);
    });
  }

  const call: Call = (operation, input, callOptions) => perform(operation, input, callOptions, answerItself);
  const close = (): void => state.close();
  return {
    call,
    describeImage: (input, callOptions) =>
      perform(describeImageOperation, input, callOptions, describedImage),
    // Loaded at the first use, because many programs call only describeImage.
    listImages(filter, listOptions) {
      const given = [{ ...filter }, { ...listOptions }] as const;
      return deferList(async () => {
        const { listImages } = await import('../images/inventory/list-images.ts');
        return listImages(call, ...given);
      });
    },
    listVulnerabilities(query, listOptions) {
      const given = [{ ...query }, { ...listOptions }] as const;
      return deferList(async () => {
        const { listVulnerabilities } = await import('../images/vulnerabilities/list-vulnerabilities.ts');
        return listVulnerabilities(call, ...given);
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
      return explainCall(state, operation, input);
    },
    endpoint: options.endpoint,
    get clockOffsetMs() {
      return state.clock.offsetMs;
    },
    close,
    // Node before 20.4 has no such symbols.
    [Symbol.dispose ?? 'dispose']: close,
    [Symbol.asyncDispose ?? 'asyncDispose']: async () => close(),
  };
}

function answerItself<Output>(answer: Answer<Output>): Answer<Output> {
  return answer;
}

/** The common part of the lists. */
interface PagedList<Item, Page, Listing> extends AsyncIterable<Item> {
  pages(): AsyncGenerator<Page, void, undefined>;
  all(): Promise<Listing>;
}

/** A list that is created at its first use. */
function deferList<Item, Page, Listing>(
  open: () => Promise<PagedList<Item, Page, Listing>>,
): PagedList<Item, Page, Listing> {
  let opened: Promise<PagedList<Item, Page, Listing>> | undefined;
  const list = (): Promise<PagedList<Item, Page, Listing>> => {
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
