import { createRequire } from 'node:module';
import type * as OpenApi from '@alicloud/openapi-client';
import type * as TeaUtil from '@alicloud/tea-util';
import {
  ACCESS_KEY_ID,
  ACCESS_KEY_SECRET,
  type DescribeTag,
  INSTANCE,
  REGION,
  REPOSITORY,
  readDigest,
} from './contender.ts';

// Published as CommonJS.
const require = createRequire(import.meta.url);
const {
  Config,
  OpenApiRequest,
  Params,
  default: Client,
}: typeof OpenApi = require('@alicloud/openapi-client');
const { RuntimeOptions }: typeof TeaUtil = require('@alicloud/tea-util');

/** The vendor's generic client, called as its documentation shows. */
export function openOpenapiClient(port: number): DescribeTag {
  const client = new Client(
    new Config({
      accessKeyId: ACCESS_KEY_ID,
      accessKeySecret: ACCESS_KEY_SECRET,
      endpoint: `127.0.0.1:${port}`,
      protocol: 'HTTP',
    }),
  );
  const params = new Params({
    action: 'DescribeImage',
    version: '2018-12-03',
    protocol: 'HTTP',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    pathname: '/',
    reqBodyType: 'json',
    bodyType: 'json',
  });
  const runtime = new RuntimeOptions({});
  return async (tag) => {
    const request = new OpenApiRequest({
      query: {
        ImageRegionId: REGION,
        ImageInstanceId: INSTANCE,
        ImageRepoId: REPOSITORY,
        ImageTag: tag,
      },
    });
    const answer: unknown = await client.callApi(params, request, runtime);
    return readDigest(
      typeof answer === 'object' && answer !== null && 'body' in answer ? answer.body : answer,
    );
  };
}
