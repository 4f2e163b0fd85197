import type { Assumptions } from '../assumptions.ts';

interface GatewayCode {
  /** HTTP status. */
  readonly status: number;
  readonly message: string;
}

/**
 * The HTTP status and message of each error code.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/errorCode | Error codes}
 */
export const GATEWAY_CODES: Readonly<Record<string, GatewayCode>> = {
  ContentLengthDoesNotMatch: { status: 400, message: 'The Content-Length header does not match the body.' },
  'Forbidden.AccessKeyDisabled': { status: 403, message: 'The AccessKey is disabled.' },
  IncompleteSignature: {
    status: 400,
    message: 'The request signature does not conform to Aliyun standards.',
  },
  InternalError: {
    status: 500,
    message: 'The request processing has failed due to some unknown error, exception or failure.',
  },
  'InvalidAccessKeyId.Inactive': { status: 400, message: 'Specified access key is disabled.' },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'InvalidAction.NotFound': {
    status: 404,
    message: 'Specified api is not found, please check your url and method.',
  },
  'InvalidApi.NotFound': {
    status: 404,
    message: 'Specified api is not found, please check your url and method.',
  },
  InvalidParameter: { status: 400, message: 'The specified parameter is invalid.' },
  'InvalidParameter.Format': { status: 400, message: 'The specified parameter is not well formatted.' },
  'InvalidSecurityToken.Expired': { status: 400, message: 'Specified SecurityToken is expired.' },
  'InvalidSecurityToken.Malformed': { status: 400, message: 'Specified SecurityToken is malformed.' },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    status: 400,
    message: 'Specified SecurityToken mismatch with the AccessKey.',
  },
  InvalidSignatureMethod: { status: 400, message: 'Specified signature method is not valid.' },
  InvalidSignatureVersion: { status: 400, message: 'Specified signature version is not valid.' },
  IllegalTimestamp: {
    status: 400,
    message: 'The input parameter Timestamp that is mandatory for processing this request is not supplied.',
  },
  'InvalidTimeStamp.Expired': { status: 400, message: 'Specified time stamp or date value is expired.' },
  'InvalidTimeStamp.Format': {
    status: 400,
    message: 'Specified time stamp or date value is not well formatted.',
  },
  InvalidVersion: { status: 400, message: 'Specified parameter Version is not valid.' },
  MissingSecurityToken: { status: 400, message: 'SecurityToken is mandatory for this action.' },
  NoPermission: { status: 403, message: 'caller has no permission' },
  NoSuchVersion: { status: 404, message: 'The specified version does not exist.' },
  ServerError: { status: 500, message: 'ServerError' },
  ServiceUnavailable: {
    status: 503,
    message: 'The request has failed due to a temporary failure of the server.',
  },
  SignatureDoesNotMatch: { status: 400, message: 'Specified signature is not matched with our calculation.' },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  Throttling: { status: 400, message: 'Request was denied due to request throttling.' },
  'Throttling.Api': { status: 400, message: 'Request was denied due to api flow control.' },
  'Throttling.User': { status: 400, message: 'Request was denied due to user flow control.' },
  UnknownError: { status: 500, message: 'The request processing has failed due to some unknown error.' },
  UnsupportedHTTPMethod: { status: 400, message: 'This http method is not supported.' },
};

type StatusAssumption = {
  [Name in keyof Assumptions]: Name extends `${string}Status` ? Name : never;
}[keyof Assumptions];

const ASSUMED: readonly (readonly [code: RegExp, assumption: StatusAssumption])[] = [
  [/^SignatureDoesNotMatch$/, 'signatureMismatchStatus'],
  [/^InvalidAccessKeyId\.NotFound$/, 'unknownKeyStatus'],
  [/^(?:Missing|Invalid)SecurityToken\b/, 'securityTokenStatus'],
  [/^(?:NoSuchVersion|InvalidVersion)$/, 'unknownVersionStatus'],
  [/^UnsupportedHTTPMethod$/, 'unsupportedMethodStatus'],
  [/^Throttling\b/, 'throttlingStatus'],
];

/** The HTTP status of a code whose status is assumed, not documented. `undefined` for other codes. */
export function assumedStatus(code: string, assumptions: Assumptions): number | undefined {
  const assumption = ASSUMED.find(([pattern]) => pattern.test(code))?.[1];
  return assumption === undefined ? undefined : Number(assumptions[assumption]);
}
