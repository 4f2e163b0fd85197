import { onTestFinished } from 'vitest';
import type { ClientOptions } from '../src/client/client-options.ts';
import { type Client, createClientOn } from '../src/client/create-client.ts';
import { nodeRuntime } from '../src/client/node-runtime.ts';
import type { Runtime } from '../src/client/runtime.ts';
import { AbortError, type AnyDescribeImageError, DescribeImageError } from '../src/errors/errors.ts';
import type { DescribeImageInput } from '../src/operations/index.ts';

export const credentials = {
  accessKeyId: 'LTAI5tExampleKeyId12',
  accessKeySecret: 'ExampleSecretNeverShown',
};

/** Node's runtime with waits that pass at once and are written down, and no luck in jitter. */
export function testRuntime(over: Partial<Runtime> = {}): Runtime & { readonly slept: number[] } {
  const slept: number[] = [];
  const sleep: Runtime['sleep'] = async (milliseconds, signal) => {
    slept.push(milliseconds);
    if (signal?.aborted) throw new AbortError('aborted');
  };
  return { ...nodeRuntime, random: () => 1, sleep, ...over, slept };
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

/** Ids of an image; another number, another image. */
export function ids(number = 0): DescribeImageInput {
  return {
    imageRegionId: 'cn-hangzhou',
    imageInstanceId: 'cri-1',
    imageRepoId: 'crr-1',
    imageTag: `t${number}`,
  };
}

/** What a promise was rejected with, which must be an error of this package. */
export async function failure(promise: Promise<unknown>): Promise<AnyDescribeImageError> {
  try {
    await promise;
  } catch (error) {
    if (DescribeImageError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A promise and its ends. */
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
