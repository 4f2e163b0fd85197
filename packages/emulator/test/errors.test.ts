import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { NOW, signAcs3, signRpc } from './sign.ts';
import { call, callRpc, IMAGE, send, start } from './start.ts';
import { sendRaw, type WireMessage } from './wire.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await start({
    keys: [
      { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
      { accessKeyId: 'disabled', accessKeySecret: 'testsecret', status: 'Inactive' },
      { accessKeyId: 'temporary', accessKeySecret: 'testsecret', securityToken: 'CAIS+/=', expiresAt: '+1h' },
      { accessKeyId: 'expired', accessKeySecret: 'testsecret', securityToken: 'CAISold', expiresAt: '-1s' },
    ],
  });
});
afterAll(() => emulator.close());

const TEMPORARY = { accessKeyId: 'temporary', securityToken: 'CAIS+/=' };

describe('the gateway with ACS3-HMAC-SHA256', () => {
  it.each<[string, WireMessage, number, string]>([
    [
      'rejects an unknown access key',
      signAcs3(IMAGE, { accessKeyId: 'unknown-id' }),
      404,
      'InvalidAccessKeyId.NotFound',
    ],
    [
      'rejects a disabled access key',
      signAcs3(IMAGE, { accessKeyId: 'disabled' }),
      400,
      'InvalidAccessKeyId.Inactive',
    ],
    ['rejects a wrong secret', signAcs3(IMAGE, { accessKeySecret: 'wrong' }), 400, 'SignatureDoesNotMatch'],
    [
      'rejects a malformed date',
      signAcs3(IMAGE, { date: '2026-11-24 03:04:32' }),
      400,
      'InvalidTimeStamp.Format',
    ],
    [
      'rejects a date with milliseconds',
      signAcs3(IMAGE, { date: '2026-11-24T03:04:32.000Z' }),
      400,
      'InvalidTimeStamp.Format',
    ],
    [
      'rejects a date that does not exist',
      signAcs3(IMAGE, { date: '2026-02-30T03:04:32Z' }),
      400,
      'InvalidTimeStamp.Format',
    ],
    [
      'rejects a date 15 minutes and a second ago',
      signAcs3(IMAGE, { date: '2026-11-24T02:49:31Z' }),
      400,
      'InvalidTimeStamp.Expired',
    ],
    [
      'rejects a date 15 minutes and a second ahead',
      signAcs3(IMAGE, { date: '2026-11-24T03:19:33Z' }),
      400,
      'InvalidTimeStamp.Expired',
    ],
    [
      'rejects a temporary key without its token',
      signAcs3(IMAGE, { accessKeyId: 'temporary' }),
      400,
      'MissingSecurityToken',
    ],
    [
      'rejects an unknown token',
      signAcs3(IMAGE, { ...TEMPORARY, securityToken: 'CAISmade-up' }),
      400,
      'InvalidSecurityToken.Malformed',
    ],
    [
      'rejects the token of another key',
      signAcs3(IMAGE, { ...TEMPORARY, securityToken: 'CAISold' }),
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
    ],
    [
      'rejects a token on a key that has none',
      signAcs3(IMAGE, { securityToken: 'CAIS+/=' }),
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
    ],
    [
      'rejects an expired token',
      signAcs3(IMAGE, { accessKeyId: 'expired', securityToken: 'CAISold' }),
      400,
      'InvalidSecurityToken.Expired',
    ],
    [
      'rejects an operation that does not exist',
      signAcs3({}, { action: 'DescribeNothing' }),
      404,
      'InvalidApi.NotFound',
    ],
    [
      'rejects an operation written in the wrong case',
      signAcs3(IMAGE, { action: 'describeImage' }),
      404,
      'InvalidApi.NotFound',
    ],
    [
      'rejects a version that does not exist',
      signAcs3(IMAGE, { version: '2018-12-04' }),
      404,
      'NoSuchVersion',
    ],
    [
      'rejects an operation of another version',
      signAcs3(IMAGE, { version: '2015-04-01' }),
      404,
      'InvalidApi.NotFound',
    ],
    ['rejects an unknown method', signAcs3(IMAGE, { method: 'PUT' }), 400, 'UnsupportedHTTPMethod'],
    ['rejects another path than /', { ...signAcs3(), target: '/api/v1' }, 404, 'InvalidApi.NotFound'],
    ['rejects a path that cannot be decoded', { ...signAcs3(), target: '/%zz' }, 404, 'InvalidApi.NotFound'],
    [
      'rejects a query that is not UTF-8',
      { ...signAcs3(), target: '/?ImageTag=%ff' },
      400,
      'InvalidParameter',
    ],
    [
      'rejects a header that was sent but not signed',
      signAcs3(IMAGE, { unsignedHeaders: { 'x-acs-extra': '1' } }),
      400,
      'IncompleteSignature',
    ],
    [
      'rejects a content type that was sent but not signed',
      signAcs3(IMAGE, { unsignedHeaders: { 'content-type': 'text/plain' } }),
      400,
      'IncompleteSignature',
    ],
    [
      'rejects a header signed twice with another value',
      repeated(signAcs3(IMAGE, { extraHeaders: { 'x-acs-extra': '1' } }), 'x-acs-extra', '2'),
      400,
      'SignatureDoesNotMatch',
    ],
    [
      'rejects a body that is not the one hashed',
      { ...signAcs3(IMAGE, { body: 'a=1' }), body: 'a=2' },
      400,
      'SignatureDoesNotMatch',
    ],
    [
      'rejects a hash header that is not the hash of the body',
      signAcs3(IMAGE, { extraHeaders: { 'x-acs-content-sha256': '0'.repeat(64) } }),
      400,
      'SignatureDoesNotMatch',
    ],
    ['rejects a request without a date', signedWithout('x-acs-date'), 400, 'MissingDate'],
    [
      'rejects a request without a nonce',
      signedWithout('x-acs-signature-nonce'),
      400,
      'MissingSignatureNonce',
    ],
    ['rejects a request without a hash', signedWithout('x-acs-content-sha256'), 400, 'MissingContentSha256'],
    ['rejects a request without an operation', signedWithout('x-acs-action'), 400, 'MissingAction'],
    ['rejects a request without a version', signedWithout('x-acs-version'), 400, 'MissingVersion'],
    ['rejects a request without a signature', signedWithout('Authorization'), 400, 'MissingAuthorization'],
    ['rejects another scheme', authorized('Bearer something'), 400, 'InvalidSignatureMethod'],
    [
      'rejects a truncated signature',
      authorized('ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=abc'),
      400,
      'IncompleteSignature',
    ],
    [
      'rejects blanks between the parts',
      authorized(`ACS3-HMAC-SHA256 Credential=testid, SignedHeaders=host, Signature=${'0'.repeat(64)}`),
      400,
      'IncompleteSignature',
    ],
    ['rejects a missing parameter by its name', signAcs3({ ...IMAGE, ImageTag: '' }), 400, 'MissingImageTag'],
  ])('%s', async (_sentence, message, status, code) => {
    const answer = await send(emulator, message);
    expect([answer.status, answer.document.Code]).toEqual([status, code]);
  });

  it('accepts a date exactly 15 minutes off, on either side', async () => {
    expect((await call(emulator, IMAGE, { date: '2026-11-24T02:49:32Z' })).status).toBe(200);
    expect((await call(emulator, IMAGE, { date: '2026-11-24T03:19:32Z' })).status).toBe(200);
  });

  it('accepts a temporary key with its token', async () => {
    expect((await call(emulator, IMAGE, TEMPORARY)).status).toBe(200);
  });

  it('accepts parameters in a signed form body', async () => {
    const answer = await call(
      emulator,
      { ImageRegionId: 'cn-hangzhou', ImageInstanceId: 'cri-test' },
      {
        body: 'ImageRepoId=crr-test&ImageTag=1.0',
        extraHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    );
    expect(answer.status).toBe(200);
  });

  it('checks the body of a GET request', async () => {
    const message = signAcs3(IMAGE, { method: 'GET', body: 'a=1' });
    expect((await send(emulator, message)).status).toBe(200);
    expect(
      (await send(emulator, { ...signAcs3(IMAGE, { method: 'GET', body: 'a=1' }), body: 'a=2' })).status,
    ).toBe(400);
  });

  it('uses the first of several parameters of one name', async () => {
    await using lenient = await start({}, { lenient: true });
    const message = signAcs3(IMAGE);
    const answer = await send(lenient, { ...message, target: `${message.target}&ImageTag=absent` });
    expect(answer.document.Data).toBeDefined();
  });

  it('accepts a query that is encoded differently on the wire', async () => {
    const message = signAcs3({ ...IMAGE, ImageTag: "a (b)*!'~" });
    const target = message.target.replace(/%28|%29|%2A|%21|%27/g, decodeURIComponent).replace('%20', '+');
    expect(target).toContain("a+(b)*!'~");
    expect((await send(emulator, { ...message, target })).status).toBe(200);
  });

  it('rejects a used nonce for 15 minutes of its clock, per key', async () => {
    const local = await start({
      keys: [
        { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
        { accessKeyId: 'other', accessKeySecret: 'testsecret' },
      ],
    });
    const again = (options = {}) => call(local, IMAGE, { nonce: 'once', ...options });
    expect((await again()).status).toBe(200);
    expect((await again({ accessKeyId: 'other' })).status).toBe(200);
    local.clock.advance(15 * 60_000 - 1);
    expect((await again()).document.Code).toBe('SignatureNonceUsed');
    local.clock.advance(1);
    expect((await again()).status).toBe(200);
    expect(local.snapshot().nonces, 'old nonces are removed').toHaveLength(1);
    await local.close();
  });

  it('does not count a nonce as used when the signature was wrong', async () => {
    await call(emulator, IMAGE, { nonce: 'spent-by-a-stranger', accessKeySecret: 'wrong' });
    expect((await call(emulator, IMAGE, { nonce: 'spent-by-a-stranger' })).status).toBe(200);
  });

  it('sends its time in the Date header, so that a client can correct its clock', async () => {
    const answer = await call(emulator, IMAGE, { date: '2020-01-01T00:00:00Z' });
    expect(answer.document.Code).toBe('InvalidTimeStamp.Expired');
    expect(new Date(answer.headers['date'] ?? '').getTime()).toBe(Date.parse(NOW));
  });
});

describe('the gateway with the older RPC scheme', () => {
  it.each<[string, WireMessage, number, string]>([
    [
      'rejects an unknown access key',
      signRpc(IMAGE, { accessKeyId: 'unknown-id' }),
      404,
      'InvalidAccessKeyId.NotFound',
    ],
    [
      'rejects a disabled access key',
      signRpc(IMAGE, { accessKeyId: 'disabled' }),
      400,
      'InvalidAccessKeyId.Inactive',
    ],
    ['rejects a wrong secret', signRpc(IMAGE, { accessKeySecret: 'wrong' }), 400, 'SignatureDoesNotMatch'],
    [
      'rejects another signature method',
      signRpc({ ...IMAGE, SignatureMethod: 'HMAC-SHA256' }),
      400,
      'InvalidSignatureMethod',
    ],
    [
      'rejects another signature version',
      signRpc({ ...IMAGE, SignatureVersion: '2.0' }),
      400,
      'InvalidSignatureVersion',
    ],
    ['rejects a malformed timestamp', signRpc(IMAGE, { date: 'yesterday' }), 400, 'InvalidTimeStamp.Format'],
    [
      'rejects a timestamp 31 minutes and a second ago',
      signRpc(IMAGE, { date: '2026-11-24T02:33:31Z' }),
      400,
      'InvalidTimeStamp.Expired',
    ],
    [
      'rejects a temporary key without its token',
      signRpc(IMAGE, { accessKeyId: 'temporary' }),
      400,
      'MissingSecurityToken',
    ],
    [
      'rejects an expired token',
      signRpc(IMAGE, { accessKeyId: 'expired', securityToken: 'CAISold' }),
      400,
      'InvalidSecurityToken.Expired',
    ],
    [
      'rejects a request without a nonce',
      signRpc({ ...IMAGE, SignatureNonce: '' }),
      400,
      'MissingSignatureNonce',
    ],
    ['rejects a request without a timestamp', signRpc({ ...IMAGE, Timestamp: '' }), 400, 'MissingTimestamp'],
    [
      'rejects a request without any key',
      { method: 'GET', target: '/?Action=DescribeImage&Version=2018-12-03', headers: [['host', 'h']] },
      400,
      'MissingAccessKeyId',
    ],
    [
      'rejects an empty request',
      { method: 'GET', target: '/', headers: [['host', 'h']] },
      400,
      'MissingAction',
    ],
    [
      'rejects a missing parameter by its name',
      signRpc({ ...IMAGE, ImageRepoId: '' }),
      400,
      'MissingImageRepoId',
    ],
  ])('%s', async (_sentence, message, status, code) => {
    const answer = await send(emulator, message);
    expect([answer.status, answer.document.Code]).toEqual([status, code]);
  });

  it('rejects a nonce that was used before', async () => {
    expect((await callRpc(emulator, IMAGE, { nonce: 'rpc-once' })).status).toBe(200);
    expect((await callRpc(emulator, IMAGE, { nonce: 'rpc-once' })).document.Code).toBe('SignatureNonceUsed');
  });

  it('accepts a timestamp 31 minutes old', async () => {
    expect((await callRpc(emulator, IMAGE, { date: '2026-11-24T02:33:32Z' })).status).toBe(200);
  });
});

describe('an error document', () => {
  it('has request id, host, code, message and a link that embeds them', async () => {
    const { document, headers } = await call(emulator, IMAGE, { accessKeyId: 'unknown-id' });
    expect(document).toEqual({
      RequestId: expect.stringMatching(
        /^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
      ),
      HostId: 'tds.cn-shanghai.aliyuncs.com',
      Code: 'InvalidAccessKeyId.NotFound',
      Message: 'Specified access key is not found.',
      Recommend: `https://api.aliyun.com/troubleshoot?q=InvalidAccessKeyId.NotFound&product=Sas&requestId=${document.RequestId}`,
    });
    expect(headers['x-acs-request-id']).toBe(document.RequestId);
    expect(headers['content-type']).toBe('application/json;charset=utf-8');
  });

  it('echoes the string to sign and the canonical request of the server, in the format of each scheme', async () => {
    const wrong = signAcs3(IMAGE, { accessKeySecret: 'wrong', nonce: 'n1' });
    const { Message } = (await send(emulator, wrong)).document;
    expect(Message).toMatch(
      /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[POST\n\/\nImageInstanceId=cri-test&/,
    );
    expect(Message).toContain('\nx-acs-signature-nonce:n1\n');
    const rpc = (await callRpc(emulator, IMAGE, { accessKeySecret: 'wrong' })).document.Message;
    expect(rpc).toMatch(
      /^Specified signature is not matched with our calculation\. server string to sign is:GET&%2F&AccessKeyId%3Dtestid%26/,
    );
  });

  it('never contains a secret', async () => {
    for (const message of [signAcs3(IMAGE, { nonce: 'x' }), signRpc(IMAGE, { date: 'x' })]) {
      expect((await send(emulator, { ...message, method: 'PUT' })).body).not.toContain('testsecret');
    }
  });

  it.each([
    ['an RPC request has Format=XML', signRpc({ Format: 'XML' }, { action: 'Nothing' })],
    [
      'the request accepts XML only',
      signAcs3({}, { action: 'Nothing', unsignedHeaders: { accept: 'application/xml' } }),
    ],
  ])('is XML when %s', async (_when, message) => {
    const answer = await sendRaw(emulator.port, message);
    expect(answer.headers['content-type']).toBe('text/xml;charset=utf-8');
    expect(answer.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><Error><RequestId>[^<]+<\/RequestId><HostId>[^<]+<\/HostId><Code>InvalidApi.NotFound<\/Code>/,
    );
    expect(answer.body).toContain('&amp;product=Sas&amp;');
  });

  it('belongs to the product that was called', async () => {
    const { document } = await call(emulator, {}, { action: 'AssumeRole', version: '2015-04-01' });
    expect(document.Recommend).toContain('&product=Sts&');
  });
});

describe('a success', () => {
  it('is XML when the request has format=XML', async () => {
    const answer = await sendRaw(emulator.port, signRpc({ ...IMAGE, Format: 'XML' }));
    expect(answer.body).toMatch(
      /^<\?xml [^>]+><DescribeImageResponse><RequestId>[^<]+<\/RequestId><Data><Digest>a{64}<\/Digest><\/Data><\/DescribeImageResponse>$/,
    );
  });
});

describe('a lenient emulator', () => {
  it.each([
    ['a wrong secret', { accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'unknown-id' }, 'InvalidAccessKeyId.NotFound'],
    ['an old date', { date: '2020-01-01T00:00:00Z' }, 'InvalidTimeStamp.Expired'],
    ['an unsigned header', { unsignedHeaders: { 'x-acs-extra': '1' } }, 'IncompleteSignature'],
  ])('warns of %s and answers', async (_what, options, warning) => {
    await using lenient = await start({}, { lenient: true });
    expect((await call(lenient, IMAGE, options)).status).toBe(200);
    expect(lenient.requests[0]).toMatchObject({ status: 200, code: undefined, warning });
  });

  it('rejects errors other than signatures', async () => {
    await using lenient = await start({}, { lenient: true });
    expect((await call(lenient, {})).document.Code).toBe('MissingImageRegionId');
  });
});

function signedWithout(name: string): WireMessage {
  const message = signAcs3(IMAGE);
  return { ...message, headers: message.headers.filter(([header]) => header !== name) };
}

function authorized(value: string): WireMessage {
  const message = signedWithout('Authorization');
  return { ...message, headers: [...message.headers, ['Authorization', value]] };
}

function repeated(message: WireMessage, name: string, value: string): WireMessage {
  return { ...message, headers: [...message.headers, [name, value]] };
}
