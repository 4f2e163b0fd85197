import type { Explanation } from '@describe-image/core';
import { type Palette, printable } from './terminal.ts';

/** The stages of a signature under the vendor's names. */
export function explanationText(explanation: Explanation, paint: Palette): string {
  const { action, endpoint, endpointReason, ramAction, accessKeyId } = explanation;
  return [
    fact('Action', action),
    fact('Endpoint', `${endpoint} (${endpointReason})`),
    fact('RAM action', ramAction),
    fact('AccessKeyId', accessKeyId),
    paint.bold('CanonicalRequest: the following lines, joined by newlines'),
    fact('  HTTPRequestMethod', explanation.canonicalRequest.split('\n', 1)[0] ?? ''),
    fact('  CanonicalURI', explanation.canonicalUri),
    fact('  CanonicalQueryString', explanation.canonicalQuery),
    fact('  CanonicalHeaders', explanation.canonicalHeaders),
    fact('  SignedHeaders', explanation.signedHeaders),
    fact('  HashedRequestPayload', explanation.hashedPayload),
    fact('HashedCanonicalRequest', `${explanation.hashedCanonicalRequest}  hex(SHA-256(CanonicalRequest))`),
    fact('StringToSign', explanation.stringToSign),
    fact('Signature', `${explanation.signature}  hex(HMAC-SHA256(AccessKeySecret, StringToSign))`),
    '',
    paint.bold('The same request for curl (fill in the authorization) and for aliyun (signs it)'),
    ...indented(explanation.curl),
    ...indented(explanation.aliyun),
    '',
  ].join('\n');
}

const LABEL_WIDTH = 24;

function fact(label: string, text: string): string {
  return lines(text)
    .map((line, index) => `${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`)
    .join('\n');
}

function indented(text: string): readonly string[] {
  return lines(text).map((line) => `  ${line}`);
}

function lines(text: string): readonly string[] {
  return text.trimEnd().split('\n').map(printable);
}
