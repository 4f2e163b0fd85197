import type { SignatureDiagnosis } from '../errors/errors.ts';
import { redactText } from './redact-text.ts';
import type { SignedRequest } from './request.ts';

/**
 * Tells a wrong secret from a changed request: the service repeats the text it signed, and either that is ours or it is not.
 */
export function diagnoseSignature(
  serverMessage: string,
  request: SignedRequest | undefined,
): { readonly diagnosis: SignatureDiagnosis; readonly finding: string } {
  const echoes = /string ?to ?sign/i.test(serverMessage);
  if (request === undefined || !echoes)
    return { diagnosis: 'unknown', finding: echoes ? 'the request is unknown' : redactText(serverMessage) };
  if (serverMessage.includes(request.stringToSign))
    return {
      diagnosis: 'wrong-secret',
      finding: 'the service signed the same text with another secret',
    };
  return {
    diagnosis: 'different-request',
    finding: `the service signed a different text${firstDifference(serverMessage, request)}`,
  };
}

function firstDifference(serverMessage: string, { canonicalRequest }: SignedRequest): string {
  const theirs = /CanonicalRequest is \[([\s\S]*)\]/.exec(serverMessage)?.[1]?.split('\n');
  if (theirs === undefined) return '';
  const ours = canonicalRequest.split('\n');
  const line = ours.findIndex((text, index) => text !== theirs[index]);
  if (line < 0) return '';
  return `: line ${line + 1} of the canonical request is ${quote(ours[line])} here and ${quote(theirs[line])} there`;
}

function quote(line: string | undefined): string {
  return JSON.stringify(redactText(line ?? ''));
}
