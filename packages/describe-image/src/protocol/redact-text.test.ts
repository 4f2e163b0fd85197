import { describe, expect, test } from 'vitest';
import { maskAccessKeyId } from './mask-access-key-id.ts';
import { redactHeaders } from './redact-headers.ts';
import { redactText } from './redact-text.ts';

describe('redactText', () => {
  test.each([
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
  ])('in %s strikes out keys, tokens and signatures only', (_what, text, wanted) => {
    expect(redactText(text)).toBe(wanted);
  });
});

describe('redactHeaders', () => {
  test('strikes out secret headers on a copy', () => {
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
  test.each([
    ['LTAI5tExampleKeyId1234', 'LTAI***1234'],
    ['STS.NUexampleid99', 'STS.***id99'],
    ['testid', '***'],
    ['', '***'],
  ])('shows %s as %s', (id, masked) => {
    expect(maskAccessKeyId(id)).toBe(masked);
  });
});
