import { createClient } from '@describe-image/core';
import { defaultCredentials } from '@describe-image/core/credentials';
import { undiciSend } from '@describe-image/core/transport';
import { Agent } from 'undici';

const dispatcher = new Agent({ connections: 8, connect: { timeout: 5_000 } });
const client = createClient({
  endpoint: process.env['DESCRIBE_IMAGE_ENDPOINT'],
  credentials: defaultCredentials(),
  send: undiciSend(dispatcher),
});
const { digest } = await client.resolveImage('acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2');
console.log(digest);
client.close();
await dispatcher.close();
