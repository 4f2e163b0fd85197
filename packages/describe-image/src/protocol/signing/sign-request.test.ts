import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../../endpoints/resolve-endpoint.ts';
import { rawOperation } from '../../operations/index.ts';
import { createWebSigner } from '../../web/web-signer.ts';
import { buildRequest } from '../build-request.ts';
import { signRequest } from './sign-request.ts';

const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const context = { date: new Date('2023-10-26T10:22:32.999Z'), nonce: '3156853299f313e23d1673dc12e1703d' };
const request = buildRequest(rawOperation('X'), { A: '1' }, resolveEndpoint({ endpoint: 'h:8443/base' }));

describe('signRequest', () => {
  it('writes dates in whole seconds, truncated', () => {
    const { headers } = signRequest(request, credentials, context);
    expect(headers['x-acs-date']).toBe('2023-10-26T10:22:32Z');
  });

  it('signs the path of the endpoint and its port', () => {
    const lines = signRequest(request, credentials, context).canonicalRequest.split('\n');
    expect(lines.slice(0, 4)).toEqual(['POST', '/base', 'A=1', 'host:h:8443']);
  });

  it('sends and signs the security token only when there is one', () => {
    const signed = signRequest(request, { ...credentials, securityToken: 'CAIS' }, context);
    expect(signed.headers['x-acs-security-token']).toBe('CAIS');
    expect(signed.headers['authorization']).toContain(';x-acs-security-token;');
    expect(signRequest(request, credentials, context).headers).not.toHaveProperty('x-acs-security-token');
  });

  it('changes its signature with every part of the request', () => {
    const signature = (over: object, secret = 'testsecret', nonce = context.nonce): string | undefined =>
      signRequest({ ...request, ...over }, { ...credentials, accessKeySecret: secret }, { ...context, nonce })
        .headers['authorization'];
    const all = [
      signature({}),
      signature({ method: 'GET' }),
      signature({ query: 'A=2' }),
      signature({ body: 'x' }),
      signature({ headers: { ...request.headers, 'x-acs-action': 'Y' } }),
      signature({ endpoint: { ...request.endpoint, host: 'i:8443' } }),
      signature({ endpoint: { ...request.endpoint, path: '/' } }),
      signature({}, 'testsecret2'),
      signature({}, 'testsecret', 'another'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not change its arguments', () => {
    const frozen = Object.freeze({ ...request, headers: Object.freeze({ ...request.headers }) });
    expect(signRequest(frozen, Object.freeze({ ...credentials }), context).headers).not.toBe(frozen.headers);
  });

  it('signs text and bytes of any kind as WebCrypto does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.uint8Array({ minLength: 1 })),
        fc.string({ unit: 'binary', minLength: 1 }),
        async (value, body, accessKeySecret) => {
          const built = { ...buildRequest(rawOperation('X'), { V: value }, request.endpoint), body };
          const keys = { ...credentials, accessKeySecret };
          const web = await createWebSigner().sign(built, keys, context);
          const { headers, canonicalRequest, stringToSign } = signRequest(built, keys, context);
          expect([web.headers, web.canonicalRequest, web.stringToSign]).toEqual([
            headers,
            canonicalRequest,
            stringToSign,
          ]);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
