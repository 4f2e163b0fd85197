import { describe, expect, it } from 'vitest';
import type { AnyDescribeImageError } from '../errors/errors.ts';
import { DescribeImageError } from '../errors/errors.ts';
import { describeImageOperation, rawOperation } from '../operations/index.ts';
import { parseResponse } from './parse-response.ts';
import type { HttpResponse } from './request.ts';

const HEX = 'a7b1'.repeat(16);

function answer(
  status: number,
  body: string | object,
  headers: Record<string, string> = {
    'content-type': 'application/json;charset=utf-8',
    'x-acs-request-id': 'H',
  },
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, header: (name) => headers[name], body: text };
}

function refusal(response: HttpResponse): AnyDescribeImageError {
  try {
    parseResponse(describeImageOperation, response);
  } catch (error) {
    if (DescribeImageError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('the answer was not rejected');
}

/** The transfer of such a body has failed, so another attempt can succeed. */
const wasCut = (body: string): boolean => body === '' || (body.startsWith('{') && !body.endsWith('}'));

describe('parseResponse', () => {
  it('returns the digest normalized and raw, with the request id of the body', () => {
    expect(
      parseResponse(describeImageOperation, answer(200, { RequestId: 'R', Data: { Digest: HEX } })),
    ).toEqual({
      output: { digest: `sha256:${HEX}`, rawDigest: HEX },
      requestId: 'R',
    });
  });

  it('takes the request id of the header when the body has none', () => {
    expect(parseResponse(rawOperation('X'), answer(200, {})).requestId).toBe('H');
  });

  it('accepts a body with Code "200" and Success true', () => {
    const document = { Code: '200', Success: true, Message: 'successful', HttpStatusCode: 200 };
    expect(parseResponse(rawOperation('X'), answer(200, document)).output).toEqual(document);
  });

  it('throws for Success false although the status is 200', () => {
    const error = refusal(
      answer(200, { Code: 'InvalidParameter', Success: false, Message: 'no', RequestId: 'R' }),
    );
    expect(error).toMatchObject({
      code: 'Validation',
      apiCode: 'InvalidParameter',
      status: 200,
      requestId: 'R',
    });
  });

  it.each([
    ['no Data', { RequestId: 'R' }],
    ['Data null', { RequestId: 'R', Data: null }],
    ['Data empty', { RequestId: 'R', Data: {} }],
    ['Digest null', { RequestId: 'R', Data: { Digest: null } }],
    ['Digest empty', { RequestId: 'R', Data: { Digest: '' } }],
  ])('throws NotFound for a 200 with %s', (_what, body) => {
    expect(refusal(answer(200, body))).toMatchObject({ code: 'NotFound', status: 200, requestId: 'R' });
  });

  it.each([
    ['too short', HEX.slice(1)],
    ['too long', `${HEX}0`],
    ['not hex', HEX.replace('a', 'g')],
    ['of another algorithm', `sha512:${HEX}`],
    ['with white space', ` ${HEX}`],
    ['a number', 12],
    ['a list', [HEX]],
  ])('rejects a digest that is %s', (_what, Digest) => {
    expect(refusal(answer(200, { RequestId: 'R', Data: { Digest } }))).toMatchObject({
      code: 'Service',
      retryable: false,
      requestId: 'R',
    });
  });

  it.each([[`sha256:${HEX}`], [HEX.toUpperCase()], [`SHA256:${HEX}`]])('reads the digest %s', (Digest) => {
    const { output } = parseResponse(describeImageOperation, answer(200, { Data: { Digest } }));
    expect(output).toEqual({ digest: `sha256:${HEX}`, rawDigest: Digest });
  });

  it.each([
    ['an empty body', 200, '', /HTTP 200 with an empty body/],
    ['a truncated body', 200, '{"RequestId":"R","Data":{"Dig', /HTTP 200 with truncated JSON/],
    [
      'a page of a proxy',
      502,
      '<!DOCTYPE html><html><body>Bad Gateway</body></html>',
      /HTTP 502 with an HTML page/,
    ],
    ['a bare page', 502, ' <html></html>', /HTTP 502 with an HTML page/],
    ['an empty failure', 500, '', /HTTP 500 with an empty body/],
    ['an object without a code', 503, '{"message":"no upstream"}', /HTTP 503 with .*JSON without a code/],
    ['a list', 200, '[]', /HTTP 200 with a body that is not a JSON object/],
    ['text', 503, 'upstream connect error', /HTTP 503 with a body that is not a JSON object/],
    ['null', 200, 'null', /HTTP 200 with a body that is not a JSON object/],
  ])('reports %s with status and request id and does not quote it', (_what, status, body, message) => {
    const error = refusal(answer(status, body));
    expect(error).toMatchObject({
      code: 'Service',
      status,
      requestId: 'H',
      retryable: status >= 500 || wasCut(body),
    });
    expect(error.message).toMatch(message);
    if (body.length > 4) expect(error.message).not.toContain(body.slice(-12));
  });

  it('reads errors in XML', () => {
    const body =
      '<?xml version="1.0"?><Error><RequestId>R</RequestId><HostId>h</HostId><Code>Throttling.User</Code><Message>slow</Message></Error>';
    expect(refusal(answer(400, body, { 'content-type': 'text/xml' }))).toMatchObject({
      code: 'Throttling',
      apiCode: 'Throttling.User',
      requestId: 'R',
      message: 'DescribeImage: Throttling.User (HTTP 400): slow',
    });
  });

  it('reads errors with camel-case keys', () => {
    const body = { code: 'ServerError', message: 'busy', requestId: 'R', recommend: 'https://x' };
    expect(refusal(answer(500, body, {}))).toMatchObject({
      code: 'Service',
      apiCode: 'ServerError',
      requestId: 'R',
      recommend: 'https://x',
      retryable: true,
    });
  });

  it('keeps the troubleshooting page that the service recommends', () => {
    const Recommend = 'https://api.alibabacloud.com/troubleshoot?q=NoPermission';
    expect(refusal(answer(403, { Code: 'NoPermission', Recommend })).recommend).toBe(Recommend);
  });

  it('names the missing action, the principal, the reason and a policy in a permission error', () => {
    const error = refusal(
      answer(403, {
        Code: 'NoPermission',
        Message: 'caller has no permission',
        RequestId: 'R',
        AccessDeniedDetail: {
          AuthAction: 'yundun-sas:DescribeImage',
          AuthPrincipalDisplayName: '2012345',
          NoPermissionType: 'ExplicitDeny',
        },
      }),
    );
    expect(error).toMatchObject({
      code: 'Permission',
      ramAction: 'yundun-sas:DescribeImage',
      principal: '2012345',
      denial: 'ExplicitDeny',
      policy: {
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: ['yundun-sas:DescribeImage'], Resource: '*' }],
      },
    });
    expect(error.remedy).toContain('Remove the statement that denies');
  });

  it("names the operation's action in a permission error without a detail", () => {
    const error = refusal(answer(403, { Code: 'NoPermission', AccessDeniedDetail: 'none' }));
    expect(error).toMatchObject({ ramAction: 'yundun-sas:DescribeImage', principal: undefined });
    expect(error.remedy).toContain('allows yundun-sas:DescribeImage');
  });

  it.each([
    ['2000', 2000],
    ['0', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('reads x-acs-retry-after: %s as %s milliseconds', (value, wanted) => {
    const response = answer(400, { Code: 'Throttling' }, { 'x-acs-retry-after': value });
    expect(refusal(response).retryAfterMs).toBe(wanted);
  });

  it('puts the time of the service on a clock error', () => {
    const headers = { date: 'Thu, 26 Oct 2023 10:22:32 GMT' };
    expect(refusal(answer(400, { Code: 'InvalidTimeStamp.Expired' }, headers))).toMatchObject({
      code: 'ClockSkew',
      serverTimeMs: Date.UTC(2023, 9, 26, 10, 22, 32),
    });
    expect(refusal(answer(400, { Code: 'IllegalTimestamp' }, { date: 'noon' }))).toMatchObject({
      serverTimeMs: undefined,
    });
  });

  it.each([{ Code: 5 }, { Code: null, Message: {} }, { AccessDeniedDetail: [] }])(
    'never fails on an odd refusal: %j',
    (body) => {
      expect(refusal(answer(418, body))).toMatchObject({ code: 'Service', status: 418 });
    },
  );

  it('cuts texts of a megabyte, which the service may send', () => {
    const long = 'x'.repeat(2 ** 20);
    const body = JSON.stringify({
      Code: `Throttling${long}`,
      Message: long,
      RequestId: long,
      Recommend: long,
    });
    const error = refusal(answer(400, body));
    expect(error.code).toBe('Throttling');
    expect(error.message.length + JSON.stringify(error).length).toBeLessThan(20_000);
  });

  it('removes secrets that the service repeats', () => {
    const Message = 'bad x-acs-security-token:CAIStoken and AccessKeyId=LTAIkey&Signature=sig';
    const { message } = refusal(answer(400, { Code: 'InvalidParameter', Message }));
    expect(message).not.toMatch(/CAIStoken|LTAIkey|=sig/);
  });
});
