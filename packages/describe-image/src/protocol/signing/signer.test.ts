import * as crypto from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../../endpoints/resolve-endpoint.ts';
import { describeImageOperation, rawOperation } from '../../operations/index.ts';
import { buildRequest } from '../build-request.ts';
import { createSigner } from './sign-request.ts';
import { createSignerOn } from './signer.ts';

const endpoint = resolveEndpoint({ endpoint: 'sas.example' });
const input = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1' };
const keys = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const context = { date: new Date('2023-10-26T10:22:32Z'), nonce: '3156853299f313e23d1673dc12e1703d' };
const signatureOf = (authorization: string | undefined): string | undefined =>
  /Signature=([0-9a-f]{64})$/.exec(authorization ?? '')?.[1];

describe('createSigner', () => {
  it('computes the HMAC of createHmac for keys and texts of any length, in any order', () => {
    const { hash: _, ...withoutHash } = crypto;
    const [fast, slow] = [createSigner(), createSignerOn(withoutHash as typeof crypto)];
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
        fc.string(),
        (accessKeySecret, tag) => {
          const request = buildRequest(rawOperation('X'), { tag }, endpoint);
          const credentials = { ...keys, accessKeySecret };
          const signed = fast.sign(request, credentials, context);
          expect(signed.headerLines).toBe(slow.sign(request, credentials, context).headerLines);
          expect(signatureOf(signed.headers['authorization'])).toBe(
            crypto.createHmac('sha256', accessKeySecret).update(signed.stringToSign).digest('hex'),
          );
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  it('signs as a new signer does after other credentials, operations, endpoints and dates', () => {
    const kept = createSigner();
    const operations = [describeImageOperation, { ...describeImageOperation, version: '2020-01-01' }];
    const endpoints = [endpoint, resolveEndpoint({ endpoint: 'http://127.0.0.1:8080/base' })];
    const credentials = [keys, { ...keys, securityToken: 'CAIS' }, { ...keys, accessKeyId: 'other' }];
    for (let round = 0; round < 2; round++)
      for (const operation of operations)
        for (const address of endpoints)
          for (const each of credentials)
            for (const seconds of [0, 1]) {
              const request = buildRequest(operation, input, address);
              const at = { ...context, date: new Date(context.date.getTime() + seconds * 1000) };
              const [a, b] = [kept.sign(request, each, at), createSigner().sign(request, each, at)];
              expect([a.headers, a.canonicalRequest, a.stringToSign]).toEqual([
                b.headers,
                b.canonicalRequest,
                b.stringToSign,
              ]);
            }
  });

  it('notices credentials that were changed in place', () => {
    const signer = createSigner();
    const request = buildRequest(describeImageOperation, input, endpoint);
    const credentials = { ...keys };
    const before = signer.sign(request, credentials, context).headers['authorization'];
    credentials.accessKeySecret = 'another';
    expect(signer.sign(request, credentials, context).headers['authorization']).not.toBe(before);
  });

  it('writes one line for each header', () => {
    const { headers, headerLines = '' } = createSigner().sign(
      buildRequest(describeImageOperation, input, endpoint),
      { ...keys, securityToken: 'CAIS+/=' },
      context,
    );
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    expect(headerLines).toBe(lines.join(''));
    expect(lines).toHaveLength(9);
  });

  it.each([
    ['a line break', { 'x-acs-version': '1\r\nx-injected: 1' }],
    ['a NUL', { 'x-acs-version': '1\0' }],
    ['a character beyond one byte', { 'x-acs-version': '版' }],
    ['a line break in its name', { 'x-acs-a\n': '1' }],
  ])('rejects a header with %s', (_what, headers) => {
    const request = { ...buildRequest(describeImageOperation, input, endpoint), headers };
    expect(() => createSigner().sign(request, keys, context)).toThrow(
      expect.objectContaining({ code: 'Validation' }),
    );
  });

  it('does not keep headers that are not frozen', () => {
    const signer = createSigner();
    const headers: Record<string, string> = { 'x-acs-action': 'X', 'x-acs-version': '1' };
    const request = { ...buildRequest(describeImageOperation, input, endpoint), headers };
    signer.sign(request, keys, context);
    headers['x-acs-version'] = '2';
    expect(signer.sign(request, keys, context).headers['x-acs-version']).toBe('2');
  });
});
