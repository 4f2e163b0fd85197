import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as endpoints from '../src/endpoints/index.ts';
import * as errors from '../src/errors/index.ts';
import * as images from '../src/images/index.ts';
import * as node from '../src/index.ts';
import * as web from '../src/index-web.ts';
import * as operations from '../src/operations/index.ts';
import * as protocol from '../src/protocol/index.ts';
import * as rpc from '../src/rpc/index.ts';
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
      'ClockSkewError',
      'CredentialsError',
      'DescribeImageError',
      'NotFoundError',
      'PermissionError',
      'ServiceError',
      'SignatureError',
      'ThrottlingError',
      'ValidationError',
      'buildRequest',
      'parseResponse',
      'ramPolicy',
      'redactText',
      'retryDecision',
      'signRequest',
    ],
  ],
  [
    './errors',
    errors,
    [
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
      'ValidationError',
    ],
  ],
  [
    './operations',
    operations,
    [
      'describeImageCriteriaOperation',
      'describeImageInstancesOperation',
      'describeImageOperation',
      'describeImageRepoCriteriaOperation',
      'normalizeDigest',
      'parseImage',
      'rawOperation',
    ],
  ],
  ['./endpoints', endpoints, ['resolveEndpoint']],
  [
    './images',
    images,
    [
      'assessRisk',
      'assessRiskOfDigest',
      'checkRisk',
      'describableIds',
      'describeImage',
      'findImage',
      'findTags',
      'indexListing',
      'listChoices',
      'listImages',
      'listTags',
      'locateImage',
      'parseImageReference',
      'parseRegistryHost',
      'parseTrackedTag',
      'parseWatchState',
      'pinReference',
      'registryDomains',
      'resolveImage',
      'sampleEvent',
      'sightingOf',
      'sightingsOf',
      'trackTag',
      'verifyImage',
      'watchImages',
    ],
  ],
  ['./rpc', rpc, ['requestUrl', 'rpcRequest']],
  ['./transport', transport, ['fetchSend', 'undiciSend']],
])('the names of %s are these', (_subpath, module, wanted) => {
  expect(names(module)).toEqual(wanted);
});

test('the subpaths are these', () => {
  const { exports }: { exports: object } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect(Object.keys(exports)).toEqual([
    '.',
    './protocol',
    './errors',
    './operations',
    './endpoints',
    './images',
    './rpc',
    './transport',
    './credentials',
    './credentials/portable',
    './package.json',
  ]);
});

test('VERSION is that of package.json', () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  expect(node.VERSION).toBe(version);
});
