import type { SignatureDiagnosis } from '../../errors/errors.ts';
import { type Redactor, redactText } from '../redaction.ts';
import type { SignedRequest } from '../request.ts';

/**
 * Distinguishes a wrong secret from a changed request. The service's message quotes the text that it signed: if that is the text that
 * was signed here, the secrets differ.
 */
export function diagnoseSignature(
  serviceMessage: string,
  request: SignedRequest | undefined,
  redact: Redactor = (text) => text,
): { readonly diagnosis: SignatureDiagnosis; readonly finding: string } {
  const quotesText = /string ?to ?sign/i.test(serviceMessage);
  if (request === undefined || !quotesText)
    return {
      diagnosis: 'unknown',
      finding: quotesText ? 'the request is unknown' : redactText(serviceMessage),
    };
  if (serviceMessage.includes(request.stringToSign))
    return {
      diagnosis: 'wrong-secret',
      finding: 'the service signed the same text with another secret',
    };
  return {
    diagnosis: 'different-request',
    finding: `the service signed a different text${firstDifference(serviceMessage, request, redact)}`,
  };
}

const QUOTE_START = 'CanonicalRequest is [';

function firstDifference(
  serviceMessage: string,
  { canonicalRequest }: SignedRequest,
  redact: Redactor,
): string {
  // By index: a pattern with an open end takes quadratic time on a text that repeats its start.
  const start = serviceMessage.indexOf(QUOTE_START);
  const end = serviceMessage.lastIndexOf(']');
  if (start < 0 || end < start + QUOTE_START.length) return '';
  const theirs = serviceMessage.slice(start + QUOTE_START.length, end).split('\n');
  const ours = canonicalRequest.split('\n');
  const line = ours.findIndex((text, index) => text !== theirs[index]);
  if (line < 0) return '';
  return `: line ${line + 1} of the canonical request is ${quote(ours[line], redact)} in this request and ${quote(theirs[line], redact)} in the service's`;
}

/** Longer lines are cut. */
const MAX_QUOTED_CHARACTERS = 500;

function quote(line: string | undefined, redact: Redactor): string {
  return JSON.stringify(redactText(redact(line ?? '').slice(0, MAX_QUOTED_CHARACTERS)));
}
