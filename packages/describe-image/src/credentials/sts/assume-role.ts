import { ClockSkewError, DescribeImageError, ValidationError } from '../../errors/errors.ts';
import { buildRequest } from '../../protocol/build-request.ts';
import type { CredentialProvider, Credentials } from '../../protocol/credentials.ts';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { FlatParameters } from '../../protocol/operation.ts';
import { parseResponse } from '../../protocol/parse-response.ts';
import { requestUrl } from '../../protocol/request-target.ts';
import { signRequest } from '../../protocol/sign-request.ts';
import { strikeRefusal } from '../files/strike-secrets.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { variable } from '../host/variable.ts';
import type { Find, FoundCredentials } from '../sources/credential-source.ts';
import { sourceError } from '../sources/credential-source-error.ts';
import { issuerClockOffset } from './issuer-clock.ts';
import { type RoleOptions, roleParameters } from './role.ts';
import { createSession } from './session.ts';
import { resolveStsEndpoint } from './sts-endpoint.ts';
import { assumeRoleOperation } from './sts-operations.ts';
import { tryTwice } from './try-twice.ts';

/** A role taken on with other credentials. */
export interface AssumeRoleOptions extends RoleOptions {
  /** What a third party was told to give: 2 to 1224 letters, digits and `+ = , . @ : / - _`. */
  readonly externalId?: string | undefined;
}

/** How long STS may take to answer. */
export const STS_TIMEOUT_MS = 5_000;
const ADVICE = 'Allow sts:AssumeRole to the credentials that take the role on, and let the role trust them.';

/**
 * Takes on a role with the credentials of any other provider.
 *
 * @throws {@link ValidationError} naming the option that is wrong.
 */
export function assumeRoleOn(
  host: CredentialHost,
  source: Credentials | CredentialProvider,
  options: AssumeRoleOptions,
): CredentialProvider {
  const provider = typeof source === 'function' ? source : () => source;
  return createSession(findAssumedRole(host, provider, options), { now: host.now });
}

/** The same, uncached. */
export function findAssumedRole(
  host: CredentialHost,
  source: CredentialProvider,
  options: AssumeRoleOptions,
): Find {
  const { externalId } = options;
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw new ValidationError('externalId: wanted 2 to 1224 letters, digits and + = , . @ : / - _');
  const parameters = {
    ...roleParameters(options, variable(host, 'ALIBABA_CLOUD_ROLE_SESSION_NAME')),
    ExternalId: externalId,
  };
  const endpoint = resolveStsEndpoint(host, options);
  const description = `the role ${options.roleArn}`;

  return async () => {
    let base: Credentials | undefined;
    try {
      base = await source();
      return { ...(await callAssumeRole(host, endpoint, parameters, base)), description };
    } catch (error) {
      if (!isExpired(error) || base === undefined) throw sourceError(description, error, ADVICE);
    }
    try {
      base = await source({ refused: base });
      return { ...(await callAssumeRole(host, endpoint, parameters, base)), description };
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
    return await tryTwice(() => askOnce(host, endpoint, parameters, base, 0));
  } catch (error) {
    if (!(error instanceof ClockSkewError) || error.serverTimeMs === undefined) throw error;
    const offsetMs = error.serverTimeMs - host.now();
    return tryTwice(() => askOnce(host, endpoint, parameters, base, offsetMs));
  }
}

async function askOnce(
  host: CredentialHost,
  endpoint: Endpoint,
  parameters: FlatParameters,
  base: Credentials,
  offsetMs: number,
): Promise<Omit<FoundCredentials, 'description'>> {
  const unsigned = buildRequest(assumeRoleOperation, parameters, endpoint);
  const date = new Date(host.now() + offsetMs);
  const signed = signRequest(unsigned, base, { date, nonce: host.nonce() });
  const response = await host.request({
    method: signed.method,
    url: requestUrl(signed),
    headers: signed.headers,
    body: typeof signed.body === 'string' ? signed.body : undefined,
    timeoutMs: STS_TIMEOUT_MS,
    direct: false,
  });
  const { output } = parseResponse(assumeRoleOperation, strikeRefusal(response, secretsOf(base)), signed);
  return { credentials: output, clockOffsetMs: issuerClockOffset(host, response) };
}

function isExpired(error: unknown): boolean {
  return DescribeImageError.isInstance(error) && error.apiCode === 'InvalidSecurityToken.Expired';
}

function secretsOf({ accessKeySecret, securityToken }: Credentials): string[] {
  return [accessKeySecret, securityToken ?? ''];
}
