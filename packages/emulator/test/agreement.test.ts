import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { stringify } from 'node:querystring';
import { Readable } from 'node:stream';
import OpenApiUtil from '@alicloud/openapi-util';
import { buildRequest, type Operation, type SignedRequest, signRequest } from '@describe-image/core/protocol';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { parseParameters } from '../src/gateway/parameters.ts';
import { type Acs3Verdict, parseAcs3Authorization, verifyAcs3 } from '../src/gateway/verify-acs3.ts';
import { verifyRpc } from '../src/gateway/verify-rpc.ts';
import { defaultExport } from './default-export.ts';

const officialUtil = defaultExport(OpenApiUtil);

const RUNS = { seed: 20_261_124, numRuns: 10_000 };

// Any text except lone surrogates. Characters that need care in signatures are more frequent.
const unicode = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..." +*~%&=!'()/?#:;,.-_\t\n\r\0é中🐳\u{10ffff}"), maxLength: 20 }),
);
// Names as the product uses them: the official package signs other names without encoding.
const plainName = fc.stringMatching(/^[A-Z][A-Za-z0-9.]{0,15}$/);
const visible = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
const credentials = fc.record({
  accessKeyId: fc.stringMatching(/^[A-Za-z0-9._-]{1,24}$/),
  accessKeySecret: unicode.filter((secret) => secret !== ''),
  securityToken: fc.option(visible, { nil: undefined }),
});
const context = fc.record({
  date: fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  nonce: fc.stringMatching(/^[0-9a-f]{32}$/),
});
const method = fc.constantFrom('GET' as const, 'POST' as const);

// No time limit: the speed of the machine must not fail the test.
describe('10,000 random requests', { timeout: 0 }, () => {
  it('get the same signature from core, the official package and the emulator', () => {
    fc.assert(
      fc.property(
        fc.dictionary(plainName, unicode, { maxKeys: 6 }),
        credentials,
        context,
        method,
        (query, keys, when, verb) => {
          const signed = signRequest(buildRequest(operation(verb), { query }, ENDPOINT), keys, when);
          const verdict = verify(signed, keys.accessKeySecret);
          assert.equal(verdict.canonicalRequest, signed.canonicalRequest);
          assert.equal(verdict.stringToSign, signed.stringToSign);
          assertAccepted(verdict);
          assert.equal(officialAuthorization(signed, query, keys), signed.headers['authorization']);
          // The official clients encode the query differently on the wire than in the signature.
          assert.equal(verify(signed, keys.accessKeySecret, stringify(query)).signatureMatches, true);
        },
      ),
      RUNS,
    );
  });

  it('get the same signature from core and the emulator with any names, any path and a form body', () => {
    const anyName = unicode.filter((name) => name !== '' && name !== '__proto__');
    const parameters = fc.dictionary(anyName, unicode, { maxKeys: 4 });
    fc.assert(
      fc.property(
        parameters,
        fc.option(parameters, { nil: undefined }),
        credentials,
        context,
        (query, form, keys, when) => {
          const signed = signRequest(
            buildRequest(operation('POST'), { query, form }, { ...ENDPOINT, path: '/gateway/' }),
            keys,
            when,
          );
          const verdict = verify(signed, keys.accessKeySecret);
          assert.equal(verdict.stringToSign, signed.stringToSign);
          assertAccepted(verdict);
          assert.deepEqual(Object.fromEntries(parseParameters(signed.query)), { ...query });
        },
      ),
      RUNS,
    );
  });

  it('get the same RPC signature from the official package and the emulator', () => {
    const parameters = fc.dictionary(plainName, unicode, { maxKeys: 6 });
    fc.assert(
      fc.property(parameters, credentials, method, (given, { accessKeySecret }, verb) => {
        const all = { ...given, SignatureMethod: 'HMAC-SHA1' };
        const Signature = officialUtil.getRPCSignature(all, verb, accessKeySecret);
        const wire = parseParameters(stringify({ ...all, Signature }));
        assert.equal(verifyRpc(verb, wire, accessKeySecret).signatureMatches, true);
        assert.equal(verifyRpc(verb, wire, `${accessKeySecret}x`).signatureMatches, false);
      }),
      RUNS,
    );
  });
});

function assertAccepted({ signatureMatches, bodyHashMatches, unsignedHeaders }: Acs3Verdict): void {
  assert.ok(signatureMatches && bodyHashMatches && unsignedHeaders.length === 0);
}

const ENDPOINT = {
  protocol: 'https:',
  host: 'tds.cn-shanghai.aliyuncs.com',
  hostname: 'tds.cn-shanghai.aliyuncs.com',
  port: 443,
  path: '/',
  reason: 'a test',
} as const;

interface Parts {
  readonly query: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>> | undefined;
}

function operation(verb: 'GET' | 'POST'): Operation<Parts, undefined> {
  return {
    action: 'DescribeImage',
    version: '2018-12-03',
    product: 'sas',
    method: verb,
    idempotent: true,
    ramAction: 'yundun-sas:DescribeImage',
    parseInput: () => ({ query: {} }),
    toRequest: (parts) => parts,
    parseOutput: () => undefined,
  };
}

function verify(signed: SignedRequest, secret: string, query = signed.query): Acs3Verdict {
  const authorization = parseAcs3Authorization(signed.headers['authorization'] ?? '');
  if (authorization === undefined) throw new Error('the Authorization header has another form');
  const rawHeaders = Object.entries(signed.headers).flat();
  const body = Buffer.from(signed.body ?? '');
  return verifyAcs3(
    { method: signed.method, target: `${signed.endpoint.path}?${query}`, rawHeaders, body },
    authorization,
    secret,
  );
}

function officialAuthorization(
  { method: verb, headers }: SignedRequest,
  query: Readonly<Record<string, string>>,
  keys: { readonly accessKeyId: string; readonly accessKeySecret: string },
): string {
  const { authorization: _ours, ...others } = headers;
  const body = Readable.from([]);
  const request = {
    protocol: 'https',
    port: 443,
    method: verb,
    pathname: '/',
    query: { ...query },
    headers: others,
    body,
  };
  const payload = createHash('sha256').update('').digest('hex');
  const algorithm = 'ACS3-HMAC-SHA256';
  return officialUtil.getAuthorization(request, algorithm, payload, keys.accessKeyId, keys.accessKeySecret);
}
