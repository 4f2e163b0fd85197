import type { Assumptions } from '../assumptions.ts';
import { type Acs3Authorization, parseAcs3Authorization } from './acs3-authorization.ts';
import type { Call } from './call.ts';
import { type AccessKey, DEFAULT_ACCOUNT_ID, type KeyRing } from './key-ring.ts';
import type { NonceMemory } from './nonce-memory.ts';
import type { Principal } from './principal.ts';
import { asRefusal, missing, Refusal } from './refusal.ts';
import { checkTimestamp, timestampRule } from './timestamp.ts';
import { verifyAcs3 } from './verify-acs3.ts';
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
 * Believes a call, or refuses it: form, key, token, time stamp, signature, nonce, in this order.
 * A nonce counts as used only once the signature has proved right, so that nobody can spend another's.
 *
 * @throws {@link Refusal} with the gateway's code for the first thing that is wrong.
 */
export function authenticate(request: WireRequest, call: Call, context: AuthenticationContext): Principal {
  switch (call.scheme) {
    case 'ACS3-HMAC-SHA256':
      return authenticateAcs3(request, call, context);
    case 'HMAC-SHA1':
      return authenticateRpc(request, call, context);
    case 'anonymous':
      throw missing(call.parameters.has('Action') ? 'AccessKeyId' : 'Authorization');
  }
}

/** As {@link authenticate}, but what it would refuse becomes a warning and the caller passes. */
export function authenticateLeniently(
  request: WireRequest,
  call: Call,
  context: AuthenticationContext,
): { readonly principal: Principal; readonly warning: string | undefined } {
  try {
    return { principal: authenticate(request, call, context), warning: undefined };
  } catch (error) {
    const { code } = asRefusal(error);
    const known = call.accessKeyId === undefined ? undefined : context.keys.find(call.accessKeyId)?.principal;
    return { principal: known ?? stranger(call.accessKeyId ?? 'anonymous'), warning: code };
  }
}

function stranger(accessKeyId: string): Principal {
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

function malformedAuthorization(header: string | undefined): Refusal {
  if (header === undefined) return missing('Authorization');
  return /^ACS3-HMAC-SHA256(?:\s|$)/.test(header)
    ? new Refusal('IncompleteSignature')
    : new Refusal('InvalidSignatureMethod');
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
    throw new Refusal('IncompleteSignature', {
      message: `The request signature does not conform to Aliyun standards. Headers sent but not signed: ${names}`,
    });
  }
  const complete = verdict.unsignedHeaders.length === 0 || assumptions.unsignedHeader === 'accept';
  if (verdict.signatureMatches && verdict.bodyHashMatches && complete) return;
  throw new Refusal('SignatureDoesNotMatch', {
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
  if (method !== 'HMAC-SHA1') throw new Refusal('InvalidSignatureMethod');
  if (version !== '1.0') throw new Refusal('InvalidSignatureVersion');

  const key = activeKey(accessKeyId, context);
  checkToken(key, parameters.get('SecurityToken'), context);
  checkTimestamp(timestamp, timestampRule('HMAC-SHA1', context));
  const verdict = verifyRpc(request.method, [...call.query, ...call.form], key.accessKeySecret);
  if (!verdict.signatureMatches) {
    throw new Refusal('SignatureDoesNotMatch', {
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
    ? missing(name)
    : new Refusal('MissingParameter', {
        message: `The input parameter "${header}" that is mandatory for processing this request is not supplied.`,
      });
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw missing(name);
  return value;
}

function activeKey(accessKeyId: string, { keys, assumptions }: AuthenticationContext): AccessKey {
  const key = keys.find(accessKeyId);
  if (key === undefined) throw new Refusal('InvalidAccessKeyId.NotFound');
  if (key.status === 'Inactive') throw new Refusal(assumptions.disabledKey);
  return key;
}

function checkToken(
  key: AccessKey,
  presented: string | undefined,
  { keys, now }: AuthenticationContext,
): void {
  if (key.securityToken === undefined && presented === undefined) return;
  if (presented === undefined || presented === '') throw new Refusal('MissingSecurityToken');
  if (key.securityToken !== presented) {
    throw new Refusal(
      keys.knowsToken(presented)
        ? 'InvalidSecurityToken.MismatchWithAccessKey'
        : 'InvalidSecurityToken.Malformed',
    );
  }
  if (key.expiresAt !== undefined && now >= key.expiresAt) throw new Refusal('InvalidSecurityToken.Expired');
}
