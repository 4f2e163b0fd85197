// The same program as CommonJS.
const { createClient } = require('@describe-image/core');
const { DescribeImageError } = require('@describe-image/core/errors');

const {
  EMULATOR_URL: endpoint,
  ACCESS_KEY_ID: accessKeyId,
  ACCESS_KEY_SECRET: accessKeySecret,
} = process.env;

const client = createClient({ endpoint, credentials: { accessKeyId, accessKeySecret } });
client.describeImage(JSON.parse(process.env.IMAGE_IDS)).then(
  ({ digest }) => console.log(digest),
  (error) => {
    console.error(DescribeImageError.isInstance(error), error);
    process.exitCode = 1;
  },
);
