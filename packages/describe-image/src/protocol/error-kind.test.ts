import { describe, expect, it } from 'vitest';
import { rawOperation } from '../operations/index.ts';
import { type ErrorKind, errorKind } from './error-kind.ts';
import { parseError } from './parse-error.ts';

/** The gateway's documented codes: the class of each, and whether a retry can succeed. */
const CODES: readonly (readonly [string, number, ErrorKind, boolean])[] = [
  ['InvalidAccessKeyId.NotFound', 404, 'Credentials', false],
  ['InvalidAccessKeyId.NotFound', 400, 'Credentials', false],
  ['InvalidAccessKeyId.Inactive', 400, 'Credentials', false],
  ['Forbidden.AccessKeyDisabled', 403, 'Credentials', false],
  ['SignatureDoesNotMatch', 400, 'Signature', false],
  ['SignatureDoesNotMatch', 403, 'Signature', false],
  ['IncompleteSignature', 400, 'Signature', false],
  ['InvalidSignatureMethod', 400, 'Signature', false],
  ['SignatureNonceUsed', 400, 'Signature', false],
  ['InvalidTimeStamp.Format', 400, 'Validation', false],
  ['InvalidTimeStamp.Expired', 400, 'ClockSkew', false],
  ['IllegalTimestamp', 400, 'ClockSkew', false],
  ['MissingImageTag', 400, 'Validation', false],
  ['MissingParameter', 400, 'Validation', false],
  ['InvalidImageTag', 400, 'Validation', false],
  ['InvalidParameter', 400, 'Validation', false],
  ['InvalidParameter.Format', 400, 'Validation', false],
  ['UnsupportedHTTPMethod', 400, 'Service', false],
  ['UnsupportedHTTPMethod', 403, 'Service', false],
  ['InvalidProtocol.NeedSsl', 400, 'Service', false],
  ['InvalidApi.NotFound', 404, 'Service', false],
  ['InvalidAction.NotFound', 404, 'Service', false],
  ['InvalidVersion', 400, 'Service', false],
  ['NoSuchVersion', 404, 'Service', false],
  ['InvalidProduct.NotFound', 404, 'Service', false],
  ['InvalidRegion.NotFound', 404, 'Service', false],
  ['InvalidAccessKeySecret', 400, 'Credentials', false],
  ['MissingAccessKeyId', 400, 'Credentials', false],
  ['InvalidSecurityToken.Expired', 400, 'Credentials', false],
  ['InvalidSecurityToken.Malformed', 400, 'Credentials', false],
  ['InvalidSecurityToken.MismatchWithAccessKey', 400, 'Credentials', false],
  ['MissingSecurityToken', 400, 'Credentials', false],
  ['NoPermission', 403, 'Permission', false],
  ['Forbidden.RAM', 403, 'Permission', false],
  ['Forbidden', 403, 'Permission', false],
  ['Forbidden.RiskControl', 403, 'Permission', false],
  ['Forbidden.NotSupportRAM', 403, 'Permission', false],
  ['Throttling', 400, 'Throttling', true],
  ['Throttling.User', 400, 'Throttling', true],
  ['Throttling.Api', 429, 'Throttling', true],
  ['Rejected.Throttling', 400, 'Throttling', true],
  ['InternalError', 500, 'Service', true],
  ['ServerError', 500, 'Service', true],
  ['UnknownError', 500, 'Service', true],
  ['ServiceUnavailable', 503, 'Service', true],
  ['ContentLengthDoesNotMatch', 400, 'Service', false],
  ['ContentMD5NotMatched', 400, 'Service', false],
];

describe('errorKind', () => {
  it.each(CODES)('maps %s (HTTP %d) to %s, retryable: %s', (code, status, kind, retryable) => {
    const body = JSON.stringify({ Code: code, Message: 'no', RequestId: 'R' });
    const response = { status, header: () => undefined, body };
    const error = parseError(rawOperation('X'), response, JSON.parse(body), undefined);
    expect(errorKind(code, { status })).toBe(kind);
    expect(error).toMatchObject({ code: kind, apiCode: code, status, requestId: 'R', retryable });
  });

  it('maps an undocumented code by its status', () => {
    expect(errorKind('Whatever', { status: 429 })).toBe('Throttling');
    expect(errorKind('Whatever', { status: 403 })).toBe('Permission');
    expect(errorKind('Whatever', { status: 401 })).toBe('Credentials');
    expect(errorKind('Whatever', { status: 400 })).toBe('Service');
    expect(errorKind('Image.NotExist', { status: 404 })).toBe('NotFound');
  });

  it('maps an answer without a code to Service, because a proxy may have sent it', () => {
    for (const status of [200, 302, 401, 403, 404, 407, 500])
      expect(errorKind(undefined, { status })).toBe('Service');
  });

  it('maps any code with a retry delay to Throttling', () => {
    expect(errorKind(undefined, { status: 503, retryAfterMs: 2000 })).toBe('Throttling');
    expect(errorKind('ServiceUnavailable', { status: 503, retryAfterMs: 0 })).toBe('Throttling');
  });

  it('does not map a denied request with a retry delay to Throttling', () => {
    expect(errorKind('NoPermission', { status: 403, retryAfterMs: 2000 })).toBe('Permission');
  });
});
