import { AbortError } from '../errors/errors.ts';
import { type DescribedImage, describeImage } from '../images/describe-image.ts';
import type { TagsOfDigest } from '../images/find-tags.ts';
import type { ImageFilter } from '../images/image-filter.ts';
import { type ImageList, type ListImagesOptions, listImages } from '../images/list-images.ts';
import type { ResolvedImage, ResolveImageOptions } from '../images/resolve-image.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import { buildRequest } from '../protocol/build-request.ts';
import { type ResolvedCallLimits, resolveCallLimits } from '../protocol/call-limits.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import type { Answer, CallOptions, Operation } from '../protocol/operation.ts';
import { askForCredentials } from './attempt.ts';
import { callUntilAnswered } from './call-until-answered.ts';
import { type ClientOptions, resolveClientOptions } from './client-options.ts';
import { openConnection } from './connection.ts';
import type { Explanation } from './explain-request.ts';
import type { Runtime } from './runtime.ts';
import { createFlights } from './share-flights.ts';

/** A call's own limits, over the client's. @public */
export type ClientCallOptions = CallOptions;

/**
 * One account at one endpoint. Make one and keep it: it holds the sockets, the learnt clock and the pace.
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
  /** The images that Security Center has synchronised. Nothing is sent before the first is asked for. */
  listImages(filter?: ImageFilter, options?: ListImagesOptions): ImageList;
  /**
   * From `host/namespace/repository:tag[@sha256:…]` to a digest: the inventory is searched, and DescribeImage asked where the ids
   * allow it.
   *
   * @throws AmbiguousError listing the candidates; NotFoundError.
   */
  resolveImage(reference: string, options?: ResolveImageOptions): Promise<ResolvedImage>;
  /** Every tag that carries a digest. */
  findTags(
    digest: string,
    options?: CallOptions & { readonly filter?: Omit<ImageFilter, 'digest'> | undefined },
  ): Promise<TagsOfDigest>;
  /** Any operation, described or raw (`rawOperation`). */
  call<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    options?: ClientCallOptions,
  ): Promise<Answer<Output>>;
  /** Every stage of signing a call, without sending it and without secrets. */
  explain<Input, Output>(operation: Operation<Input, Output>, input: Input): Promise<Explanation>;
  readonly endpoint: Endpoint;
  /** How far the service's clock is ahead, in milliseconds, as learnt from a refusal. */
  readonly clockOffsetMs: number;
  /**
   * Lets go of all sockets. Calls under way end with an AbortError: at once where they hold a socket, else when their wait is over.
   * A `send` of the caller's own is left open.
   */
  close(): void;
}

const NO_OPTIONS: ClientCallOptions = {};

/** The flow in one screen: parse → build → (share) → sign → send → read, the last three in the retry loop. */
export function createClientOn(runtime: Runtime, clientOptions: ClientOptions): Client {
  const options = resolveClientOptions(clientOptions);
  const connection = openConnection(runtime, options);
  const { semaphore } = connection;
  const share = createFlights();

  function call<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    callOptions: ClientCallOptions = NO_OPTIONS,
  ): Promise<Answer<Output>> {
    try {
      const { signal } = callOptions;
      if (signal?.aborted) throw new AbortError('the call was aborted', { cause: signal.reason });
      const limits = callOptions === NO_OPTIONS ? options : resolveCallLimits(callOptions, options);
      const { closings } = connection;
      const validInput = operation.parseInput(input);
      const start = (signal: AbortSignal | undefined): Promise<Answer<Output>> => {
        // Waiting comes before building: what waits here by the thousand should be small, and hold nothing once it runs.
        const turn = semaphore.acquire(signal);
        const run = (): Promise<Answer<Output>> =>
          callInTurn(operation, validInput, limits, signal, closings);
        return turn === undefined ? run() : turn.then(run);
      };
      if (!operation.idempotent || !options.shareEqualReads) return start(signal);
      // Joining comes before waiting: equal calls that wait cost one request as well.
      return share(flightKey(operation, validInput, limits), signal, start);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async function callInTurn<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    limits: ResolvedCallLimits,
    signal: AbortSignal | undefined,
    closings: number,
  ): Promise<Answer<Output>> {
    try {
      if (connection.closings !== closings) throw new AbortError('the client was closed');
      const request = buildRequest(operation, input, options.endpoint);
      return await callUntilAnswered(connection, operation, request, limits, signal);
    } finally {
      semaphore.release();
    }
  }

  return {
    call,
    describeImage: (input, callOptions) => describeImage(withOptions(callOptions), input, callOptions),
    listImages: (filter, listOptions) => listImages(call, filter, listOptions),
    // What only some callers use, the others need not load.
    async resolveImage(reference, resolveOptions) {
      const { resolveImage } = await import('../images/resolve-image.ts');
      return resolveImage(call, reference, resolveOptions);
    },
    async findTags(digest, findOptions) {
      const { findTags } = await import('../images/find-tags.ts');
      return findTags(call, digest, findOptions);
    },
    async explain(operation, input) {
      const request = buildRequest(operation, operation.parseInput(input), options.endpoint);
      const credentials = await askForCredentials(connection, {}, options.totalTimeoutMs);
      const context = { date: new Date(runtime.now() + connection.clock.offsetMs), nonce: runtime.nonce() };
      const signed = await runtime.sign(request, credentials, context);
      const { explainRequest } = await import('./explain-request.ts');
      return explainRequest(operation, input, signed, credentials);
    },
    endpoint: options.endpoint,
    get clockOffsetMs() {
      return connection.clock.offsetMs;
    },
    close: connection.close,
  };

  /** Operations on images pass the signal on, not the limits. */
  function withOptions(limits: ClientCallOptions | undefined): Client['call'] {
    if (limits === undefined) return call;
    return (operation, input, callOptions) => call(operation, input, { ...limits, ...callOptions });
  }
}

function flightKey<Input>(
  { action, version, toRequest }: Operation<Input, unknown>,
  input: Input,
  { attemptTimeoutMs, totalTimeoutMs, maxRetries }: ResolvedCallLimits,
): string {
  const parameters = JSON.stringify(toRequest(input));
  return `${action} ${version} ${attemptTimeoutMs} ${totalTimeoutMs} ${maxRetries} ${parameters}`;
}
