// A user's program as an ES module: it asks the emulator for a digest, and prints it.
import { createClient } from '@describe-image/core';
import { DescribeImageError } from '@describe-image/core/errors';

const {
  EMULATOR_URL: endpoint,
  ACCESS_KEY_ID: accessKeyId,
  ACCESS_KEY_SECRET: accessKeySecret,
} = process.env;
const ids = JSON.parse(process.env.IMAGE_IDS);

const client = createClient({ endpoint, credentials: { accessKeyId, accessKeySecret } });
const { digest } = await client.describeImage(ids);
console.log(digest);

try {
  await client.describeImage({ ...ids, imageTag: 'no-such-tag' });
  throw new Error('a tag that does not exist was answered');
} catch (error) {
  if (!DescribeImageError.isInstance(error) || error.code !== 'NotFound') throw error;
}
