import { ClockSkewError, DescribeImageError, ValidationError } from '../../errors/errors.ts';
import { buildRequest } from '../../protocol/build-request.ts';
import type { CredentialProvider, Credentials } from '../../protocol/credentials.ts';
import type { FlatParameters } from '../../protocol/operation.ts';
import { type Endpoint, requestUrl } from '../../protocol/request.ts';
import { signRequest } from '../../protocol/signing/sign-request.ts';
import type { Find, FoundCredentials } from '../credential-source.ts';
import { abortable, type CredentialHost, variable } from '../host/credential-host.ts';
import { tryTwice } from '../host/issuer-requests.ts';
import { createSession } from '../session.ts';
import { sourceError } from '../source-error.ts';
import { type RoleOptions, roleParameters } from './role.ts';
import { resolveStsEndpoint } from './sts-endpoint.ts';
import { assumeRoleOperation, requestSession } from './sts-operations.ts';

/** A role that is assumed with other credentials. @public */
export interface AssumeRoleOptions extends RoleOptions {
  /** The external id that the role's trust policy requires of a third party: 2 to 1224 letters, digits and `+ = , . @ : / - _`. */
  readonly externalId?: string | undefined;
}

const ADVICE = 'Allow sts:AssumeRole to the credentials that assume the role, and let the role trust them.';

/**
 * Assumes a role with the credentials of any other provider, on any host.
 *
 * @throws {@link ValidationError} naming the option that is wrong.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { assumeRoleOn, defaultCredentialsOn, nodeHost } from '@describe-image/core/credentials';
 *
 * const host = nodeHost();
 * const credentials = assumeRoleOn(host, defaultCredentialsOn(host), {
 *   roleArn: 'acs:ram::1234567890123456:role/image-reader',
 * });
 * const client = createClient({ region: 'cn-hangzhou', credentials });
 * ```
 *
 * @public
 */
export function assumeRoleOn(
  host: CredentialHost,
  source: Credentials | CredentialProvider,
  options: AssumeRoleOptions,
): CredentialProvider {
  const provider = typeof source === 'function' ? source : () => source;
  return createSession(findAssumedRole(host, provider, options), host);
}

/** Like {@link assumeRoleOn}, without a cache. */
export function findAssumedRole(
  host: CredentialHost,
  source: CredentialProvider,
  options: AssumeRoleOptions,
): Find {
  const { externalId } = options;
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw new ValidationError('externalId must be 2 to 1224 letters, digits and + = , . @ : / - _');
  const parameters = {
    ...roleParameters(options, variable(host, 'ALIBABA_CLOUD_ROLE_SESSION_NAME')),
    ExternalId: externalId,
  };
  const endpoint = resolveStsEndpoint(host, options);
  const description = `the role ${options.roleArn}`;

  return async ({ signal } = {}) => {
    const machine = abortable(host, signal);
    let base: Credentials | undefined;
    try {
      base = await source({ signal });
      return { ...(await callAssumeRole(machine, endpoint, parameters, base)), description };
    } catch (error) {
      if (!isExpired(error) || base === undefined) throw sourceError(description, error, ADVICE);
    }
    try {
      base = await source({ expired: base, signal });
      return { ...(await callAssumeRole(machine, endpoint, parameters, base)), description };
    } catch (error) {
      throw sourceError(description, error, ADVICE);
    }
  };
}

async function callAssumeRole(
  host: CredentialHost,
  endpoint: Endpoint,
  parameters: FlatParameters,
  base: Credentials,
): Promise<Omit<FoundCredentials, 'description'>> {
  try {
    return await tryTwice(() => assumeOnce(host, endpoint, parameters, base, 0));
  } catch (error) {
    if (!(error instanceof ClockSkewError) || error.serverTimeMs === undefined) throw error;
    const offsetMs = error.serverTimeMs - host.now();
    return tryTwice(() => assumeOnce(host, endpoint, parameters, base, offsetMs));
  }
}

async function assumeOnce(
  host: CredentialHost,
  endpoint: Endpoint,
  parameters: FlatParameters,
  base: Credentials,
  offsetMs: number,
): Promise<Omit<FoundCredentials, 'description'>> {
  const unsigned = buildRequest(assumeRoleOperation, parameters, endpoint);
  const date = new Date(host.now() + offsetMs);
  const signed = signRequest(unsigned, base, { date, nonce: host.nonce() });
  const { accessKeySecret, securityToken } = base;
  return requestSession(host, assumeRoleOperation, {
    url: requestUrl(signed),
    headers: signed.headers,
    body: typeof signed.body === 'string' ? signed.body : undefined,
    secrets: [accessKeySecret, securityToken ?? ''],
    signed,
  });
}

function isExpired(error: unknown): boolean {
  return DescribeImageError.isInstance(error) && error.apiCode === 'InvalidSecurityToken.Expired';
}
