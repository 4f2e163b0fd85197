import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as images from '../src/images/index.ts';
import * as node from '../src/index.ts';
import * as web from '../src/index-web.ts';
import * as protocol from '../src/protocol/index.ts';
import * as transport from '../src/transport/index.ts';

const names = (module: object): string[] => Object.keys(module).sort();

test('the names of . are these', () => {
  expect(names(node)).toEqual([
    'AbortError',
    'AmbiguousError',
    'ClockSkewError',
    'CredentialsError',
    'DescribeImageError',
    'NetworkError',
    'NotFoundError',
    'PermissionError',
    'ServiceError',
    'SignatureError',
    'ThrottlingError',
    'TimeoutError',
    'UnverifiedError',
    'VERSION',
    'ValidationError',
    'createClient',
    'describeImageInstancesOperation',
    'describeImageOperation',
    'maskAccessKeyId',
    'normalizeDigest',
    'ramPolicy',
    'resolveEndpoint',
  ]);
});

test('the entry of other runtimes has the names of the one for Node', () => {
  expect(names(web)).toEqual(names(node));
});

test.each([
  [
    './protocol',
    protocol,
    [
      'AbortError',
      'AmbiguousError',
      'ClockSkewError',
      'CredentialsError',
      'DEFAULT_CALL_LIMITS',
      'DescribeImageError',
      'NetworkError',
      'NotFoundError',
      'PermissionError',
      'ServiceError',
      'SignatureError',
      'ThrottlingError',
      'TimeoutError',
      'UnverifiedError',
      'ValidationError',
      'buildRequest',
      'callWithRetries',
      'createRetryQuota',
      'createServiceClock',
      'createSigner',
      'describeImageCriteriaOperation',
      'describeImageInstancesOperation',
      'describeImageOperation',
      'describeImageRepoCriteriaOperation',
      'normalizeDigest',
      'parseImage',
      'parseResponse',
      'ramPolicy',
      'rawOperation',
      'redactText',
      'requestUrl',
      'resolveEndpoint',
      'retryDecision',
      'rpcRequest',
      'signRequest',
      'withSharedTotal',
    ],
  ],
  [
    './images',
    images,
    [
      'assessRisk',
      'assessRiskOfDigest',
      'assessRiskOfStatus',
      'checkRisk',
      'describableIds',
      'describeImage',
      'digestStatus',
      'findImage',
      'findTags',
      'indexListing',
      'listChoices',
      'listImages',
      'listTags',
      'locateImage',
      'observeImage',
      'observeListing',
      'observeLive',
      'parseImageReference',
      'parseRegistryHost',
      'parseTrackedTag',
      'parseWatchState',
      'pinReference',
      'registryDomains',
      'repositoryName',
      'resolveImage',
      'sampleEvent',
      'trackTag',
      'unmetDemand',
      'verifyImage',
      'watchImages',
    ],
  ],
  ['./transport', transport, ['fetchSend', 'undiciSend']],
])('the names of %s are these', (_subpath, module, wanted) => {
  expect(names(module)).toEqual(wanted);
});

test('has six entry points', () => {
  const { exports }: { exports: object } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect(Object.keys(exports).sort()).toEqual([
    '.',
    './credentials',
    './credentials/portable',
    './images',
    './package.json',
    './protocol',
    './transport',
  ]);
});

test('VERSION is that of package.json', () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect(node.VERSION).toBe(version);
});
