/**
 * The client for Node. Other runtimes get `index-web.ts`, with the same names, by conditional exports.
 *
 * @packageDocumentation
 */

import type { ClientOptions } from './client/client-options.ts';
import { type Client, createClientOn } from './client/create-client.ts';
import { nodeRuntime } from './client/node-runtime.ts';

/**
 * Makes a client.
 *
 * @throws ValidationError naming the option that is wrong.
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
