// A user's program as an ES module: it asks the emulator for a digest, and prints it.
import { createClient } from '@describe-image/core';
import { DescribeImageError } from '@describe-image/core/protocol';

const endpoint = process.env.EMULATOR_URL;
const accessKeyId = process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
const accessKeySecret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
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
