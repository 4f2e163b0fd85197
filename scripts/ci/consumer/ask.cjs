// The same program as CommonJS.
const { createClient, NotFoundError } = require('@describe-image/core');
const protocol = require('@describe-image/core/protocol');

const endpoint = process.env.EMULATOR_URL;
const accessKeyId = process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
const accessKeySecret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;

if (protocol.NotFoundError !== NotFoundError)
  throw new Error('two entry points have two classes of one name');
const client = createClient({ endpoint, credentials: { accessKeyId, accessKeySecret } });
client.describeImage(JSON.parse(process.env.IMAGE_IDS)).then(
  ({ digest }) => console.log(digest),
  (error) => {
    console.error(protocol.DescribeImageError.isInstance(error), error);
    process.exitCode = 1;
  },
);
