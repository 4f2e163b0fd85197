// A user's program as an ES module: prints the digest that the emulator returns.
import { createClient, NotFoundError } from '@describe-image/core';
import * as protocol from '@describe-image/core/protocol';

const endpoint = process.env.EMULATOR_URL;
const accessKeyId = process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
const accessKeySecret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
const ids = JSON.parse(process.env.IMAGE_IDS);

const client = createClient({ endpoint, credentials: { accessKeyId, accessKeySecret } });
const { digest } = await client.describeImage(ids);
console.log(digest);

if (protocol.NotFoundError !== NotFoundError)
  throw new Error('two entry points have two classes of one name');
try {
  await client.describeImage({ ...ids, imageTag: 'no-such-tag' });
  throw new Error('a tag that does not exist has a digest');
} catch (error) {
  if (!(error instanceof protocol.NotFoundError)) throw error;
}
