import { onTestFinished } from 'vitest';
import type { ClientOptions } from '../src/client/client-options.ts';
import { type Client, createClientOn } from '../src/client/create-client.ts';
import { nodeRuntime } from '../src/client/node-runtime.ts';
import type { Runtime } from '../src/client/runtime.ts';
import { type AnyDescribeImageError, DescribeImageError } from '../src/errors/errors.ts';
import type { DescribeImageInput } from '../src/operations/index.ts';
import { loopbackRoundTrip } from './scripted-server.ts';

export const credentials = {
  accessKeyId: 'LTAI5tExampleKeyId12',
  accessKeySecret: 'ExampleSecretNeverShown',
};

/** The parts of Node's runtime that a test replaces. */
interface TestRuntime extends Partial<Runtime> {
  readonly nonce?: () => string;
  /** Called for every wait between attempts, which then passes at once. */
  readonly onWait?: (milliseconds: number) => void;
}

/**
 * Node's runtime with full jitter and with waits that end immediately and are recorded in `slept`. A replaced `now` is the monotonic
 * clock too, unless that is replaced as well.
 */
export function testRuntime(over: TestRuntime = {}): Runtime & { readonly slept: number[] } {
  const { nonce, onWait, now } = over;
  const slept: number[] = [];
  return {
    ...nodeRuntime,
    random: () => 1,
    ...(now && { monotonic: now }),
    wait(milliseconds, done) {
      slept.push(milliseconds);
      onWait?.(milliseconds);
      let isOver = false;
      queueMicrotask(() => isOver || done());
      return () => {
        isOver = true;
      };
    },
    ...(nonce && { openSigner: async () => ({ ...(await nodeRuntime.openSigner()), nonce }) }),
    ...over,
    slept,
  };
}

/** A client of a loopback server, closed when the test ends. */
export function testClient(
  endpoint: string,
  options: Partial<ClientOptions> = {},
  runtime: Runtime = testRuntime(),
): Client {
  const client = createClientOn(runtime, { credentials, endpoint, ...options });
  onTestFinished(() => client.close());
  return client;
}

/** The ids of an image. Each number is another image. */
export function ids(number = 0): DescribeImageInput {
  return {
    imageRegionId: 'cn-hangzhou',
    imageInstanceId: 'cri-1',
    imageRepoId: 'crr-1',
    imageTag: `t${number}`,
  };
}

/** The error of a rejected promise, which must be one of this package. */
export async function failure(promise: Promise<unknown>): Promise<AnyDescribeImageError> {
  try {
    await promise;
  } catch (error) {
    if (DescribeImageError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The error of a call that must have ended, without waiting for it. Fails if the call is still pending. */
export async function failureByNow(promise: Promise<unknown>): Promise<AnyDescribeImageError> {
  const pending = new Error('the call has not ended');
  return failure(Promise.race([promise, loopbackRoundTrip().then(() => Promise.reject(pending))]));
}

/** A promise that the test resolves by `open`. */
export function gate<Value = void>(): {
  readonly opened: Promise<Value>;
  readonly open: (value: Value) => void;
} {
  let open: (value: Value) => void = () => {};
  const opened = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
