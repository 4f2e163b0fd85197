/**
 * The client for Node. For other runtimes, conditional exports select `index-web.ts`, which has the same names.
 *
 * @packageDocumentation
 */

import type { ClientOptions } from './client/client-options.ts';
import { type Client, createClientOn } from './client/create-client.ts';
import { nodeRuntime } from './client/node-runtime.ts';

/**
 * Creates a client. Use one client for all calls of an account: it holds the sockets, the clock correction and the rate limit.
 *
 * @throws ValidationError that names the invalid option.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 *
 * const client = createClient({
 *   region: 'cn-hangzhou',
 *   credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
 * });
 * const { digest, requestId } = await client.describeImage({
 *   imageRegionId: 'cn-hangzhou',
 *   imageInstanceId: 'cri-hfs6gaawhyu6aaaa',
 *   imageRepoId: 'crr-7i88t7lx3fmfaaaa',
 *   imageTag: '1.8.0.15',
 * });
 * console.log(digest, requestId);
 * ```
 *
 * @public
 */
export function createClient(options: ClientOptions): Client {
  return createClientOn(nodeRuntime, options);
}

export * from './public-names.ts';
