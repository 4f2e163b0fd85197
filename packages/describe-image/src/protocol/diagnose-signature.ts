import type { SignatureDiagnosis } from '../errors/errors.ts';
import { type Redactor, redactText } from './redaction.ts';
import type { SignedRequest } from './request.ts';

/**
 * Distinguishes a wrong secret from a changed request: the service quotes the text that it signed, and it is the text signed here or
 * another one.
 */
export function diagnoseSignature(
  serverMessage: string,
  request: SignedRequest | undefined,
  redact: Redactor = (text) => text,
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
    finding: `the service signed a different text${firstDifference(serverMessage, request, redact)}`,
  };
}

const QUOTE_START = 'CanonicalRequest is [';

function firstDifference(
  serverMessage: string,
  { canonicalRequest }: SignedRequest,
  redact: Redactor,
): string {
  // By index: a pattern with an open end takes quadratic time on a text that repeats its start.
  const start = serverMessage.indexOf(QUOTE_START);
  const end = serverMessage.lastIndexOf(']');
  if (start < 0 || end < start + QUOTE_START.length) return '';
  const theirs = serverMessage.slice(start + QUOTE_START.length, end).split('\n');
  const ours = canonicalRequest.split('\n');
  const line = ours.findIndex((text, index) => text !== theirs[index]);
  if (line < 0) return '';
  return `: line ${line + 1} of the canonical request is ${quote(ours[line], redact)} here and ${quote(theirs[line], redact)} there`;
}

/** Longer lines of the service are cut. */
const MOST_QUOTED = 500;

function quote(line: string | undefined, redact: Redactor): string {
  return JSON.stringify(redactText(redact(line ?? '').slice(0, MOST_QUOTED)));
}
