import { createClient } from '@describe-image/core';
import { defaultCredentials } from '@describe-image/core/credentials';

const [reference = 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2'] = process.argv.slice(2);

const client = createClient({
  endpoint: process.env['DESCRIBE_IMAGE_ENDPOINT'],
  credentials: defaultCredentials(),
});
const { digest, state, observedAt } = await client.resolveImage(reference);
console.log(digest, state, observedAt.toISOString());
client.close();
