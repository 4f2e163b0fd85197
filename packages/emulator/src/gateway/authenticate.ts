import type { Assumptions } from '../assumptions.ts';
import { ApiError, missingParameter, toApiError } from './api-error.ts';
import type { Call } from './call.ts';
import { type AccessKey, DEFAULT_ACCOUNT_ID, type KeyRing } from './key-ring.ts';
import type { NonceMemory } from './nonce-memory.ts';
import type { Principal } from './ram-policy.ts';
import { checkTimestamp, timestampRule } from './timestamp.ts';
import { type Acs3Authorization, parseAcs3Authorization, verifyAcs3 } from './verify-acs3.ts';
import { verifyRpc } from './verify-rpc.ts';
import { headerValue, type WireRequest } from './wire-request.ts';

export interface AuthenticationContext {
  readonly keys: KeyRing;
  readonly nonces: NonceMemory;
  readonly assumptions: Assumptions;
  /** The emulator's time, in milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Authenticates a call. Checks form, key, token, timestamp, signature and nonce, in this order.
 * A nonce counts as used only when the signature is right, so that a caller cannot use up the nonces of another key.
 *
 * @throws {@link ApiError} with the gateway's code of the first check that fails.
 */
export function authenticate(request: WireRequest, call: Call, context: AuthenticationContext): Principal {
  switch (call.scheme) {
    case 'ACS3-HMAC-SHA256':
      return authenticateAcs3(request, call, context);
    case 'HMAC-SHA1':
      return authenticateRpc(request, call, context);
    case 'anonymous':
      throw missingParameter(call.parameters.has('Action') ? 'AccessKeyId' : 'Authorization');
  }
}

/** Like {@link authenticate}, but returns the code of a failed check as a warning. */
export function authenticateLeniently(
  request: WireRequest,
  call: Call,
  context: AuthenticationContext,
): { readonly principal: Principal; readonly warning: string | undefined } {
  try {
    return { principal: authenticate(request, call, context), warning: undefined };
  } catch (error) {
    const { code } = toApiError(error);
    const known = call.accessKeyId === undefined ? undefined : context.keys.find(call.accessKeyId)?.principal;
    return { principal: known ?? unknownPrincipal(call.accessKeyId ?? 'anonymous'), warning: code };
  }
}

function unknownPrincipal(accessKeyId: string): Principal {
  return {
    accessKeyId,
    type: 'SubUser',
    accountId: DEFAULT_ACCOUNT_ID,
    principalId: accessKeyId,
    arn: `acs:ram::${DEFAULT_ACCOUNT_ID}:user/${accessKeyId}`,
    permissions: [{ allow: ['*'], deny: [] }],
  };
}

function authenticateAcs3(request: WireRequest, call: Call, context: AuthenticationContext): Principal {
  const header = headerValue(request, 'authorization');
  const authorization = header === undefined ? undefined : parseAcs3Authorization(header);
  if (authorization === undefined) throw malformedAuthorization(header);
  const date = requiredHeader(request, 'x-acs-date', 'Date', context);
  const nonce = requiredHeader(request, 'x-acs-signature-nonce', 'SignatureNonce', context);
  requiredHeader(request, 'x-acs-content-sha256', 'ContentSha256', context);

  const key = activeKey(authorization.accessKeyId, context);
  checkToken(key, headerValue(request, 'x-acs-security-token'), context);
  checkTimestamp(date, timestampRule('ACS3-HMAC-SHA256', context));
  checkAcs3Signature(request, call, authorization, key, context);
  context.nonces.use(authorization.accessKeyId, nonce, context.now);
  return key.principal;
}

function malformedAuthorization(header: string | undefined): ApiError {
  if (header === undefined) return missingParameter('Authorization');
  return /^ACS3-HMAC-SHA256(?:\s|$)/.test(header)
    ? new ApiError('IncompleteSignature')
    : new ApiError('InvalidSignatureMethod');
}

function checkAcs3Signature(
  request: WireRequest,
  call: Call,
  authorization: Acs3Authorization,
  key: AccessKey,
  { assumptions }: AuthenticationContext,
): void {
  const verdict = verifyAcs3(request, authorization, key.accessKeySecret, call.query);
  if (verdict.unsignedHeaders.length > 0 && assumptions.unsignedHeader === 'IncompleteSignature') {
    const names = verdict.unsignedHeaders.join(', ');
    throw new ApiError('IncompleteSignature', {
      message: `The request signature does not conform to Aliyun standards. Headers sent but not signed: ${names}`,
    });
  }
  const complete = verdict.unsignedHeaders.length === 0 || assumptions.unsignedHeader === 'accept';
  if (verdict.signatureMatches && verdict.bodyHashMatches && complete) return;
  throw new ApiError('SignatureDoesNotMatch', {
    message:
      'Specified signature does not match our calculation. ' +
      `server StringToSign is [${verdict.stringToSign}] server CanonicalRequest is [${verdict.canonicalRequest}]`,
  });
}

function authenticateRpc(request: WireRequest, call: Call, context: AuthenticationContext): Principal {
  const { parameters } = call;
  const accessKeyId = required(parameters.get('AccessKeyId'), 'AccessKeyId');
  const method = required(parameters.get('SignatureMethod'), 'SignatureMethod');
  const version = required(parameters.get('SignatureVersion'), 'SignatureVersion');
  const nonce = required(parameters.get('SignatureNonce'), 'SignatureNonce');
  const timestamp = required(parameters.get('Timestamp'), 'Timestamp');
  required(parameters.get('Signature'), 'Signature');
  if (method !== 'HMAC-SHA1') throw new ApiError('InvalidSignatureMethod');
  if (version !== '1.0') throw new ApiError('InvalidSignatureVersion');

  const key = activeKey(accessKeyId, context);
  checkToken(key, parameters.get('SecurityToken'), context);
  checkTimestamp(timestamp, timestampRule('HMAC-SHA1', context));
  const verdict = verifyRpc(request.method, [...call.query, ...call.form], key.accessKeySecret);
  if (!verdict.signatureMatches) {
    throw new ApiError('SignatureDoesNotMatch', {
      message: `Specified signature is not matched with our calculation. server string to sign is:${verdict.stringToSign}`,
    });
  }
  context.nonces.use(accessKeyId, nonce, context.now);
  return key.principal;
}

function requiredHeader(
  request: WireRequest,
  header: string,
  name: string,
  { assumptions }: AuthenticationContext,
): string {
  const value = headerValue(request, header);
  if (value !== undefined && value !== '') return value;
  throw assumptions.missingHeader === 'named'
    ? missingParameter(name)
    : new ApiError('MissingParameter', {
        message: `The input parameter "${header}" that is mandatory for processing this request is not supplied.`,
      });
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

function activeKey(accessKeyId: string, { keys, assumptions }: AuthenticationContext): AccessKey {
  const key = keys.find(accessKeyId);
  if (key === undefined) throw new ApiError('InvalidAccessKeyId.NotFound');
  if (key.status === 'Inactive') throw new ApiError(assumptions.disabledKey);
  return key;
}

function checkToken(
  key: AccessKey,
  presented: string | undefined,
  { keys, now }: AuthenticationContext,
): void {
  if (key.securityToken === undefined && presented === undefined) return;
  if (presented === undefined || presented === '') throw new ApiError('MissingSecurityToken');
  if (key.securityToken !== presented) {
    throw new ApiError(
      keys.knowsToken(presented)
        ? 'InvalidSecurityToken.MismatchWithAccessKey'
        : 'InvalidSecurityToken.Malformed',
    );
  }
  if (key.expiresAt !== undefined && now >= key.expiresAt) throw new ApiError('InvalidSecurityToken.Expired');
}
