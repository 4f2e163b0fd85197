import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AbortError, NetworkError, PermissionError } from '../errors/errors.ts';
import {
  createRedactor,
  maskAccessKeyId,
  redactError,
  redactedCopy,
  redactHeaders,
  redactText,
} from './redaction.ts';

describe('redactText', () => {
  it.each([
    [
      'a canonical request',
      'x-acs-action:X\nx-acs-security-token:CAIS+/=\nx-acs-version:1',
      'x-acs-action:X\nx-acs-security-token:[redacted]\nx-acs-version:1',
    ],
    [
      'an older string to sign, in which values are encoded twice',
      'GET&%2F&AccessKeyId%3DLTAI%26Action%3DX%26SecurityToken%3DCAIS%252B%252F%253D%26SignatureNonce%3D1',
      'GET&%2F&AccessKeyId%3D[redacted]%26Action%3DX%26SecurityToken%3D[redacted]%26SignatureNonce%3D1',
    ],
    [
      'a signed URL',
      'https://h/?AccessKeyId=LTAI&Action=X&SecurityToken=CAIS%2B&Signature=abc%3D&SignatureMethod=HMAC-SHA1',
      'https://h/?AccessKeyId=[redacted]&Action=X&SecurityToken=[redacted]&Signature=[redacted]&SignatureMethod=HMAC-SHA1',
    ],
    [
      'an authorization header',
      'ACS3-HMAC-SHA256 Credential=LTAI,SignedHeaders=host;x-acs-date,Signature=0c6b',
      'ACS3-HMAC-SHA256 Credential=[redacted],SignedHeaders=host;x-acs-date,Signature=[redacted]',
    ],
    ['a bearer token', 'x-acs-bearer-token: abc.def', 'x-acs-bearer-token: [redacted]'],
    ['a closing bracket after a token', '[x-acs-security-token:CAIS]', '[x-acs-security-token:[redacted]]'],
    ['names in any case', 'X-Acs-Security-Token: CAIS', 'X-Acs-Security-Token: [redacted]'],
    ['text without secrets', 'The specified ImageTag is not valid.', 'The specified ImageTag is not valid.'],
  ])('removes only keys, tokens and signatures from %s', (_what, text, wanted) => {
    expect(redactText(text)).toBe(wanted);
  });
});

describe('redactHeaders', () => {
  it('removes secret headers on a copy', () => {
    const headers = { authorization: 'a', 'x-acs-security-token': 't', host: 'h', 'x-acs-action': 'X' };
    expect(redactHeaders(headers)).toEqual({
      authorization: '[redacted]',
      'x-acs-security-token': '[redacted]',
      host: 'h',
      'x-acs-action': 'X',
    });
    expect(headers.authorization).toBe('a');
  });
});

describe('maskAccessKeyId', () => {
  it.each([
    ['LTAI5tExampleKeyId1234', 'LTAI***1234'],
    ['STS.NUexampleid99', 'STS.***id99'],
    ['testid', '***'],
    ['', '***'],
  ])('shows %s as %s', (id, masked) => {
    expect(maskAccessKeyId(id)).toBe(masked);
  });
});

describe('createRedactor', () => {
  const TOKEN = 'CAIS+token/Never=Shown&01';
  const redact = createRedactor([TOKEN, undefined, 'abc']);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it.each([
    ['in brackets', `[${TOKEN}]`],
    ['after a name of its own', `token: ${TOKEN},`],
    ['percent-encoded', encodeURIComponent(TOKEN)],
    ['percent-encoded in lower case', encodeURIComponent(TOKEN).toLowerCase()],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(TOKEN))],
    [
      'escaped as in JSON',
      TOKEN.replaceAll('/', '\\/').replaceAll('+', '\\u002b').replaceAll('=', '\\u003D'),
    ],
    ['escaped as in HTML', TOKEN.replaceAll('&', '&#38;').replaceAll('/', '&#x2F;')],
    ['decoded as in forms', TOKEN.replaceAll('+', ' ')],
    ['in hex', Buffer.from(TOKEN).toString('hex')],
    ['in hex with capital letters', Buffer.from(TOKEN).toString('hex').toUpperCase()],
    ['in base64', base64(TOKEN)],
    ['in base64 after one more byte', base64(`a${TOKEN}zz`)],
    ['in base64 after two more bytes', base64(`x:${TOKEN}`)],
    ['in base64 for addresses', Buffer.from(`x:${TOKEN}`).toString('base64url')],
  ])('removes a secret %s', (_where, text) => {
    const redacted = redact(`before ${text} after`);
    expect(redacted).toMatch(/^before .*\[redacted\].* after$/);
    expect(redacted).not.toMatch(/Never|4e65766572|Q0FJUyt0b2tlbi9OZXZlc|NBSVMrdG9rZW4v|DQUlTK3Rva2Vu/i);
  });

  it('keeps other texts and ignores short values', () => {
    expect(redact('abc CAIS-other token')).toBe('abc CAIS-other token');
    expect(createRedactor([undefined])('text')).toBe('text');
  });

  it('removes any secret of printable characters in any of the encodings', () => {
    const secret = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 12,
    });
    const around = fc.string({ maxLength: 5 });
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const redactValue = createRedactor([value]);
        for (const encode of [String, encodeURIComponent, JSON.stringify, base64]) {
          const redacted = redactValue(encode(before + value + after));
          expect(redacted).toContain('[redacted]');
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

describe('redactError', () => {
  it('redacts message, stack, fields and causes, and keeps the class', () => {
    const error = new PermissionError('denied to top-secret', {
      ramAction: 'a:B',
      principal: 'user top-secret',
      requestId: 'top-secret',
      cause: new Error('because of top-secret'),
    });
    redactError(error, createRedactor(['top-secret']));
    expect(inspect(error, { depth: 9 }) + error.stack + JSON.stringify(error)).not.toContain('top-secret');
    expect(error).toMatchObject({
      code: 'Permission',
      message: 'denied to [redacted]',
      principal: 'user [redacted]',
    });
  });

  it('leaves the reason of an abort and the fields of foreign errors alone', () => {
    const reason = new Error('top-secret reason');
    redactError(new AbortError('aborted', { cause: reason }), createRedactor(['top-secret']));
    expect(reason.message).toBe('top-secret reason');
    const foreign = Object.assign(new TypeError('top-secret'), { config: { token: 'top-secret' } });
    redactError(new NetworkError('x'), createRedactor(['top-secret']));
    redactError(foreign, createRedactor(['top-secret']));
    expect(foreign).toMatchObject({ message: '[redacted]', config: { token: 'top-secret' } });
  });

  it('accepts values that are no errors', () => {
    for (const value of [undefined, null, 'text', 5, {}]) redactError(value, createRedactor(['top-secret']));
  });
});

describe('redactedCopy', () => {
  it('redacts the texts of objects and lists on a copy and keeps other values', () => {
    const date = new Date(0);
    const value = { a: 'top-secret', list: ['x top-secret', 1], date };
    expect(redactedCopy(value, createRedactor(['top-secret']))).toEqual({
      a: '[redacted]',
      list: ['x [redacted]', 1],
      date,
    });
    expect(value.a).toBe('top-secret');
  });
});
