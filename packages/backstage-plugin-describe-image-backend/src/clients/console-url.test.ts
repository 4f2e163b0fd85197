import { resolveEndpoint } from '@describe-image/core/protocol';
import { expect, it } from 'vitest';
import { consoleUrlOf } from './console-url.ts';

const CHINA = 'https://yundun.console.aliyun.com/?p=sas';
const INTERNATIONAL = 'https://yundun.console.alibabacloud.com/?p=sas';

it.each([
  ['no word on the site', {}, CHINA],
  ['a region of the China site', { region: 'cn-beijing' }, CHINA],
  ['a region of the international site', { region: 'eu-central-1' }, INTERNATIONAL],
  ['an endpoint that is a public one', { endpoint: 'tds.ap-southeast-1.aliyuncs.com' }, INTERNATIONAL],
  ['an endpoint of any other kind', { endpoint: 'https://gateway.example' }, undefined],
  [
    'an endpoint of any other kind, and a region',
    { endpoint: 'https://gateway.example', region: 'cn-beijing' },
    CHINA,
  ],
])('links to the console of the account, from %s', (_, options, url) => {
  expect(consoleUrlOf({ name: 'a', concurrency: 8, ...options }, resolveEndpoint(options))).toBe(url);
});

it('links to where the configuration says, before all', () => {
  const config = { name: 'a', concurrency: 8, consoleUrl: 'https://console.example/' };
  expect(consoleUrlOf(config, resolveEndpoint())).toBe('https://console.example/');
});
