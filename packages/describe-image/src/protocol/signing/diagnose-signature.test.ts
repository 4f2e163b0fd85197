import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../../endpoints/resolve-endpoint.ts';
import { describeImageOperation } from '../../operations/index.ts';
import { buildRequest } from '../build-request.ts';
import { parseResponse } from '../parse-response.ts';
import { diagnoseSignature } from './diagnose-signature.ts';
import { signRequest } from './sign-request.ts';

const TOKEN = 'CAISsecurityTOKEN+/=';
const signed = signRequest(
  buildRequest(
    describeImageOperation,
    { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: 'a b' },
    resolveEndpoint(),
  ),
  { accessKeyId: 'testid', accessKeySecret: 'testsecret', securityToken: TOKEN },
  { date: new Date('2023-10-26T10:22:32Z'), nonce: '3156853299f313e23d1673dc12e1703d' },
);

/** The message of the service, which quotes the text that it signed. */
function serverMessage(canonicalRequest: string, stringToSign: string): string {
  return `Specified signature does not match our calculation. server StringToSign is [${stringToSign}] server CanonicalRequest is [${canonicalRequest}]`;
}

describe('diagnoseSignature', () => {
  it('diagnoses a wrong secret when the service signed the same text', () => {
    const { diagnosis, finding } = diagnoseSignature(
      serverMessage(signed.canonicalRequest, signed.stringToSign),
      signed,
    );
    expect(diagnosis).toBe('wrong-secret');
    expect(finding).toContain('another secret');
  });

  it('names the first differing line when the service signed another text', () => {
    const theirs = signed.canonicalRequest.replace('a%20b', 'a+b');
    const { diagnosis, finding } = diagnoseSignature(serverMessage(theirs, 'ACS3-HMAC-SHA256\n00'), signed);
    expect(diagnosis).toBe('different-request');
    expect(finding).toMatch(
      /line 3 of the canonical request is ".*a%20b" in this request and ".*a\+b" in the service's/,
    );
  });

  it('quotes neither token when the tokens differ', () => {
    const theirs = signed.canonicalRequest.replace(TOKEN, 'CAISanotherTOKEN');
    const { finding } = diagnoseSignature(serverMessage(theirs, 'ACS3-HMAC-SHA256\n00'), signed);
    expect(finding).toMatch(/line \d+ of the canonical request/);
    expect(finding).not.toMatch(/CAIS/);
  });

  it('diagnoses nothing without a quoted text or without the request', () => {
    const plain = 'Specified signature nonce was used already. SecurityToken=CAISx';
    expect(diagnoseSignature(plain, signed)).toEqual({
      diagnosis: 'unknown',
      finding: 'Specified signature nonce was used already. SecurityToken=[redacted]',
    });
    expect(diagnoseSignature(serverMessage(signed.canonicalRequest, ''), undefined)).toEqual({
      diagnosis: 'unknown',
      finding: 'the request is unknown',
    });
  });

  it('puts diagnosis and remedy, but no part of the signed text, on the error', () => {
    const body = JSON.stringify({
      Code: 'SignatureDoesNotMatch',
      Message: serverMessage(signed.canonicalRequest, signed.stringToSign),
      RequestId: 'R',
    });
    const read = (): unknown =>
      parseResponse(describeImageOperation, { status: 400, header: () => undefined, body }, signed);
    expect(read).toThrow(
      expect.objectContaining({
        code: 'Signature',
        diagnosis: 'wrong-secret',
        requestId: 'R',
        remedy: expect.stringContaining('AccessKey secret'),
        message: expect.not.stringContaining('CAIS'),
      }),
    );
  });
});
