import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CredentialsError, ValidationError } from '../src/errors/errors.ts';
import { createClient } from '../src/index.ts';
import { createClient as createWebClient } from '../src/index-web.ts';
import type { Send } from '../src/transport/index.ts';
import { fixture } from './faults/transports.ts';
import { sendDigest, startServer } from './scripted-server.ts';
import { credentials, failure, ids, testClient } from './test-client.ts';

describe('options', () => {
  it.each([
    ['attemptTimeoutMs', { attemptTimeoutMs: 0 }],
    ['attemptTimeoutMs', { attemptTimeoutMs: 2 ** 31 }],
    ['totalTimeoutMs', { totalTimeoutMs: Number.NaN }],
    ['maxRetries', { maxRetries: -1 }],
    ['maxRetries', { maxRetries: 1.5 }],
    ['concurrency', { concurrency: 0 }],
    ['requestsPerSecond', { requestsPerSecond: 0 }],
    ['requestsPerSecond', { requestsPerSecond: Number.POSITIVE_INFINITY }],
    ['endpoint', { endpoint: 'ftp://x' }],
    ['region', { region: 'x y' }],
    ['shareEqualReads', { shareEqualReads: 'no' as never }],
    ['send', { send: {} as never }],
    ['onRequest', { onRequest: 'log' as never }],
    ['onAttemptFailed', { onAttemptFailed: {} as never }],
    ['transport', { transport: 'undici' as never }],
    ['proxy', { proxy: 'socks5://proxy.example' }],
    ['proxy', { proxy: '' }],
    ['proxy', { proxy: true as never }],
    ['tls', { tls: 'TLSv1.3' as never }],
    ['tls.minVersion', { tls: { minVersion: 'TLSv1' as never } }],
    ['tls.rejectUnauthorized', { tls: { rejectUnauthorized: false } as never }],
    ['tls.ca', { tls: { ca: [5] as never } }],
    ['tls.passphrase', { tls: { passphrase: new Uint8Array() as never } }],
  ])('reject a wrong %s when the client is made: %j', (name, options) => {
    expect(() => createClient({ credentials, ...options })).toThrow(ValidationError);
    expect(() => createClient({ credentials, ...options })).toThrow(new RegExp(`^${name}`));
  });

  it('reject a wrong limit of one call before anything is sent', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const error = await failure(testClient(server.url).describeImage(ids(), { maxRetries: -1 }));
    expect(error).toMatchObject({ code: 'Validation', attempts: 0 });
    expect(server.received).toHaveLength(0);
  });

  it('accept the proxies and TLS settings that the transport supports', () => {
    for (const proxy of [
      'environment',
      false,
      'http://u:p%40@proxy.example:3128',
      'proxy.example:3128',
    ] as const)
      createClient({ credentials, proxy }).close();
    const pem = '-----BEGIN CERTIFICATE-----';
    createClient({
      credentials,
      tls: {
        ca: [pem, new Uint8Array()],
        minVersion: 'TLSv1.3',
        cert: pem,
        key: pem,
        passphrase: 'x',
        servername: 'x',
      },
    }).close();
  });

  it('never quote a proxy, which may contain a password', () => {
    expect(() => createClient({ credentials, proxy: 'socks5://user:hunter2@proxy.example' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it.each([
    ['proxy', { proxy: 'http://proxy.example:3128' }],
    ['tls', { tls: { ca: 'x' } }],
    ['transport', { transport: 'node:http' }],
  ] as const)('reject %s where the transport does not support it', (name, options) => {
    const send: Send = () => Promise.reject(new Error('unused'));
    expect(() => createClient({ credentials, ...options, send })).toThrow(new RegExp(`^${name}`));
    expect(() => createWebClient({ credentials, ...options })).toThrow(new RegExp(`^${name}`));
    createClient({ credentials, proxy: false, send }).close();
  });

  it.each([undefined, 'node:http'] as const)(
    'reject a wrong passphrase at the first call without quoting it, with transport %s',
    async (transport) => {
      const tls = { cert: fixture('client-cert'), key: fixture('client-key'), passphrase: 'hunter2' };
      const client = testClient('https://127.0.0.1:1', { tls, transport, proxy: false });
      const error = await failure(client.describeImage(ids()));
      expect(error).toMatchObject({ code: 'Validation', message: expect.stringMatching(/^tls: /) });
      expect(inspect(error)).not.toContain('hunter2');
    },
  );

  it('require credentials', () => {
    expect(() => createClient({ credentials: undefined as never })).toThrow(CredentialsError);
  });
});
