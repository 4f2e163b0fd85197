import { randomUUID } from 'node:crypto';
import { defaultCredentials } from '@describe-image/core/credentials';
import { requestUrl, rpcRequest, signRequest } from '@describe-image/core/protocol';

const unsigned = rpcRequest({
  // The emulator implements STS at the same address.
  url: process.env['DESCRIBE_IMAGE_ENDPOINT'] ?? 'https://sts.cn-hangzhou.aliyuncs.com',
  parameters: { Action: 'GetCallerIdentity', Version: '2015-04-01' },
});
const credentials = await defaultCredentials()();
const signed = signRequest(unsigned, credentials, { date: new Date(), nonce: randomUUID() });

// fetch sets the header `host` itself.
const { host: _, ...headers } = signed.headers;
const response = await fetch(requestUrl(signed), { method: signed.method, headers });
console.log(response.status, await response.text());
if (!response.ok) process.exitCode = 1;
