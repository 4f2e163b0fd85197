import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../../endpoints/resolve-endpoint.ts';
import { proxyFor } from './proxy-for.ts';

const chosen = (endpoint: string, environment: Record<string, string>): string | undefined =>
  proxyFor(resolveEndpoint({ endpoint }), 'environment', environment)?.href;

describe('proxyFor', () => {
  it.each<[string, string, Record<string, string>, string | undefined]>([
    ['connects directly with no variable set', 'https://a.example', {}, undefined],
    [
      'reads HTTPS_PROXY for https',
      'https://a.example',
      { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' },
      'http://p:1/',
    ],
    [
      'reads HTTP_PROXY for http',
      'http://a.example',
      { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' },
      'http://q:2/',
    ],
    ['ignores HTTP_PROXY for https', 'https://a.example', { HTTP_PROXY: 'http://q:2' }, undefined],
    [
      'reads ALL_PROXY where the other is not set',
      'https://a.example',
      { ALL_PROXY: 'http://r:3' },
      'http://r:3/',
    ],
    ['reads names in lower case', 'https://a.example', { https_proxy: 'http://p:1' }, 'http://p:1/'],
    [
      'prefers names in lower case',
      'https://a.example',
      { https_proxy: 'http://p:1', HTTPS_PROXY: 'http://q:2' },
      'http://p:1/',
    ],
    [
      'ignores an empty variable',
      'https://a.example',
      { HTTPS_PROXY: '', ALL_PROXY: 'http://r:3' },
      'http://r:3/',
    ],
    [
      'accepts a proxy without a scheme',
      'https://a.example',
      { HTTPS_PROXY: 'p.example:3128' },
      'http://p.example:3128/',
    ],
    ['accepts an https proxy', 'https://a.example', { HTTPS_PROXY: 'https://p:1' }, 'https://p:1/'],
  ])('%s', (_what, endpoint, environment, proxy) => {
    expect(chosen(endpoint, environment)).toBe(proxy);
  });

  it.each([
    ['a.example', true],
    ['.a.example', true],
    ['*.a.example', true],
    ['A.EXAMPLE', true],
    ['example', true],
    ['b.example, a.example', true],
    ['b.example a.example', true],
    ['*', true],
    ['sas.a.example:443', true],
    ['a.example:443', true],
    ['a.example:8443', false],
    ['b.example', false],
    ['s.a.example', false],
    ['a.exampl', false],
    ['xa.example', false],
    ['', false],
    [' , ', false],
  ])('applies NO_PROXY=%j to sas.a.example: %s', (NO_PROXY, excluded) => {
    const proxy = chosen('https://sas.a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY });
    expect(proxy === undefined).toBe(excluded);
  });

  it.each([
    ['10.0.0.1', 'https://10.0.0.1', true],
    ['10.0.0.1', 'https://10.0.0.11', false],
    ['[fd00::1]', 'https://[fd00::1]', true],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443', true],
    ['[fd00::1]:8443', 'https://[fd00::1]', false],
  ])('applies NO_PROXY=%s to the address %s: %s', (NO_PROXY, endpoint, excluded) => {
    expect(chosen(endpoint, { HTTPS_PROXY: 'http://p:1', NO_PROXY }) === undefined).toBe(excluded);
  });

  it.each(['http://127.0.0.1:8080', 'http://127.8.9.1', 'https://localhost', 'http://[::1]:8080'])(
    'never sends loopback through the proxy of the environment: %s',
    (endpoint) => {
      expect(chosen(endpoint, { ALL_PROXY: 'http://p:1' })).toBeUndefined();
    },
  );

  it.each(['https://127.example', 'https://localhost.example', 'https://12.7.0.1'])(
    'sends what only looks like loopback through the proxy: %s',
    (endpoint) => {
      expect(chosen(endpoint, { ALL_PROXY: 'http://p:1' })).toBe('http://p:1/');
    },
  );

  it('uses a proxy given by URL for every host with loopback, and no proxy for false', () => {
    const environment = { ALL_PROXY: 'http://p:1', NO_PROXY: '*' };
    const endpoint = resolveEndpoint({ endpoint: 'http://127.0.0.1:1' });
    expect(proxyFor(endpoint, 'http://user:p%40ss@q:2', environment)?.host).toBe('q:2');
    expect(proxyFor(resolveEndpoint(), false, { ALL_PROXY: 'http://p:1' })).toBeUndefined();
  });

  it.each(['socks5://user:hunter2@p:1', 'http://user:hunter2@p:99999', 'ftp://p', ''])(
    'rejects a proxy that is not an http(s) URL, without quoting it',
    (setting) => {
      expect(() => proxyFor(resolveEndpoint(), setting)).toThrow(
        expect.objectContaining({
          code: 'Validation',
          message: expect.stringMatching(/^proxy: must be an http or https URL(?!.*hunter2)/),
        }),
      );
    },
  );
});
