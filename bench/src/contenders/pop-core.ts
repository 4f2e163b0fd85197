import { createRequire } from 'node:module';
import type PopCore from '@alicloud/pop-core';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  type DescribeTag,
  INSTANCE,
  REGION,
  REPOSITORY,
  readDigest,
} from './contender.ts';

const RpcClient: typeof PopCore = createRequire(import.meta.url)('@alicloud/pop-core');

/** The vendor's older client, with the older RPC signature (HMAC-SHA1). */
export function openPopCore(port: number): DescribeTag {
  const client = new RpcClient({
    accessKeyId: ACCESS_KEY_ID,
    accessKeySecret: ACCESS_KEY_SECRET,
    endpoint: `http://127.0.0.1:${port}`,
    apiVersion: '2018-12-03',
  });
  return async (tag) =>
    readDigest(
      await client.request(
        'DescribeImage',
        { ImageRegionId: REGION, ImageInstanceId: INSTANCE, ImageRepoId: REPOSITORY, ImageTag: tag },
        { method: 'POST' },
      ),
    );
}
