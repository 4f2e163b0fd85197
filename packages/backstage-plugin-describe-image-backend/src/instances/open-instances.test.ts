import { resolveEndpoint } from '@describe-image/core/protocol';
import { expect, it } from 'vitest';
import { consoleUrlOf } from './open-instances.ts';

const CHINA = 'https://yundun.console.aliyun.com/?p=sas';
const INTERNATIONAL = 'https://yundun.console.alibabacloud.com/?p=sas';

it.each([
  ['the China console without site and region', {}, CHINA],
  ['the China console for a region of the China site', { region: 'cn-beijing' }, CHINA],
  ['the international console for a region of that site', { region: 'eu-central-1' }, INTERNATIONAL],
  [
    'the international console for its public endpoint',
    { endpoint: 'tds.ap-southeast-1.aliyuncs.com' },
    INTERNATIONAL,
  ],
  ['no console for a custom endpoint', { endpoint: 'https://gateway.example' }, undefined],
  [
    'the console of the region for a custom endpoint with a region',
    { endpoint: 'https://gateway.example', region: 'cn-beijing' },
    CHINA,
  ],
])('links to %s', (_, options, url) => {
  expect(consoleUrlOf({ name: 'a', concurrency: 8, ...options }, resolveEndpoint(options))).toBe(url);
});

it('prefers the configured console URL', () => {
  const config = { name: 'a', concurrency: 8, consoleUrl: 'https://console.example/' };
  expect(consoleUrlOf(config, resolveEndpoint())).toBe('https://console.example/');
});
