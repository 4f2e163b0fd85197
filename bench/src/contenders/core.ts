import { createClient } from '@describe-image/core';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  type DescribeTag,
  INSTANCE,
  REGION,
  REPOSITORY,
} from './contender.ts';

/** With all defaults: retries, deadlines, sharing of equal reads and at most 64 calls in flight. */
export function openCore(port: number): DescribeTag {
  const client = createClient({
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET },
  });
  return (imageTag) =>
    client.describeImage({
      imageRegionId: REGION,
      imageInstanceId: INSTANCE,
      imageRepoId: REPOSITORY,
      imageTag,
    });
}
