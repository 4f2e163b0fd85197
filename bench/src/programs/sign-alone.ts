// Measures signing without sending, in one process, with a fixed nonce, date and query.
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type * as OpenApiUtil from '@alicloud/openapi-util';
import {
  buildRequest,
  createSigner,
  describeImageOperation,
  resolveEndpoint,
} from '@describe-image/core/protocol';
import { Bench } from 'tinybench';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, INSTANCE, REGION, REPOSITORY } from '../contenders/contender.ts';
import { queryByHand, signByHand } from '../contenders/sign-by-hand.ts';

const { default: OfficialSigner }: typeof OpenApiUtil = createRequire(import.meta.url)(
  '@alicloud/openapi-util',
);
const SIGNATURES_PER_SAMPLE = 20;

const time = Number(process.argv[2]);
const tag = '1.8.0.15';
const nonce = '3156853299f313e23d1673dc12e1703d';
const date = new Date();
const signer = createSigner();
const credentials = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET };
const endpoint = resolveEndpoint({ region: REGION });
const unsigned = buildRequest(
  describeImageOperation,
  { imageRegionId: REGION, imageInstanceId: INSTANCE, imageRepoId: REPOSITORY, imageTag: tag },
  endpoint,
);
const query = queryByHand(tag);
const officialRequest = {
  protocol: 'HTTPS',
  port: 443,
  method: 'POST',
  pathname: '/',
  query: { ImageRegionId: REGION, ImageInstanceId: INSTANCE, ImageRepoId: REPOSITORY, ImageTag: tag },
  headers: signByHand(endpoint.host, query, date, nonce),
  body: Readable.from([]),
};
const emptyHash = officialRequest.headers['x-acs-content-sha256'] ?? '';

const signers = {
  core: () => signer.sign(unsigned, credentials, { date, nonce }).headerLines,
  limit: () => signByHand(endpoint.host, query, date, nonce),
  'openapi-client': () =>
    OfficialSigner.getAuthorization(
      officialRequest,
      'ACS3-HMAC-SHA256',
      emptyHash,
      ACCESS_KEY_ID,
      ACCESS_KEY_SECRET,
    ),
};

const bench = new Bench({ time, warmupTime: time / 4 });
for (const [name, sign] of Object.entries(signers))
  bench.add(name, () => {
    for (let signature = 0; signature < SIGNATURES_PER_SAMPLE; signature++) sign();
  });
await bench.run();
const micros: Record<string, number> = {};
for (const { name, result } of bench.tasks)
  if (result.state === 'completed') micros[name] = (result.latency.p50 * 1000) / SIGNATURES_PER_SAMPLE;
process.stdout.write(JSON.stringify(micros));
