import { ValidationError } from '../../errors/errors.ts';
import { requestUrl } from '../../protocol/request.ts';
import { canonicalQuery } from '../../protocol/signing/canonical-query.ts';
import { isoSeconds } from '../../protocol/signing/draft-request.ts';
import type { CredentialSource, FoundCredentials } from '../credential-source.ts';
import { readTextFile } from '../files/text-files.ts';
import { abortable, type CredentialHost, variable } from '../host/credential-host.ts';
import { tryTwice } from '../host/issuer-requests.ts';
import { absent, failed, sourceError } from '../source-error.ts';
import { type RoleOptions, roleParameters } from '../sts/role.ts';
import { resolveStsEndpoint } from '../sts/sts-endpoint.ts';
import { assumeRoleWithOidcOperation, requestSession } from '../sts/sts-operations.ts';

/** A role that is assumed with the token of an OIDC provider, as pods do with RRSA. @public */
export interface OidcOptions extends RoleOptions {
  readonly oidcProviderArn: string;
  /** Path of the token. The file is read again for every session, because the token rotates. */
  readonly oidcTokenFile: string;
}

const ADVICE = 'Check that the role trusts the OIDC provider and the service account of this pod.';

/** RRSA: the three variables that ACK sets in a pod. An option takes precedence over its variable. */
export function oidcSource(host: CredentialHost, options: Partial<OidcOptions> = {}): CredentialSource {
  return {
    name: 'oidc',
    label: 'OIDC (RRSA)',
    async find({ signal } = {}) {
      const roleArn = options.roleArn ?? variable(host, 'ALIBABA_CLOUD_ROLE_ARN');
      const oidcProviderArn = options.oidcProviderArn ?? variable(host, 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN');
      const oidcTokenFile = options.oidcTokenFile ?? variable(host, 'ALIBABA_CLOUD_OIDC_TOKEN_FILE');
      if (!roleArn) throw absent('ALIBABA_CLOUD_ROLE_ARN is not set');
      if (!oidcProviderArn) throw absent('ALIBABA_CLOUD_OIDC_PROVIDER_ARN is not set');
      if (!oidcTokenFile) throw absent('ALIBABA_CLOUD_OIDC_TOKEN_FILE is not set');
      return exchangeOidcToken(abortable(host, signal), {
        ...options,
        roleArn,
        oidcProviderArn,
        oidcTokenFile,
      });
    },
  };
}

/**
 * Exchanges the token for a session with AssumeRoleWithOIDC, which is not signed.
 *
 * @throws CredentialSourceError naming the file, or with the answer of STS.
 * @see {@link https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc | AssumeRoleWithOIDC}
 */
export async function exchangeOidcToken(
  host: CredentialHost,
  options: OidcOptions,
): Promise<FoundCredentials> {
  const { roleArn, oidcProviderArn, oidcTokenFile } = options;
  const where = 'the role for an OIDC token';
  const token = await readToken(host, oidcTokenFile);
  try {
    if (!/^acs:ram:[\w-]*:\d+:oidc-provider\/[\w.-]+$/i.test(oidcProviderArn))
      throw new ValidationError(
        'oidcProviderArn must be an ARN such as "acs:ram::1234567890123456:oidc-provider/ack"',
      );
    const role = roleParameters(options, variable(host, 'ALIBABA_CLOUD_ROLE_SESSION_NAME'));
    const body = canonicalQuery({ ...role, OIDCProviderArn: oidcProviderArn, OIDCToken: token });
    const answer = await tryTwice(() => assumeOnce(host, options, body, token));
    return { ...answer, description: `the role ${roleArn} for the OIDC token in ${oidcTokenFile}` };
  } catch (error) {
    throw sourceError(where, error, ADVICE);
  }
}

function assumeOnce(
  host: CredentialHost,
  options: OidcOptions,
  body: string,
  token: string,
): Promise<Omit<FoundCredentials, 'description'>> {
  return requestSession(host, assumeRoleWithOidcOperation, {
    url: requestUrl({
      endpoint: resolveStsEndpoint(host, options),
      query: canonicalQuery({
        Action: assumeRoleWithOidcOperation.action,
        Format: 'JSON',
        Timestamp: isoSeconds(new Date(host.now())),
        Version: '2015-04-01',
      }),
    }),
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body,
    secrets: [token],
  });
}

/** STS rejects a token with the line end of its file. */
async function readToken(host: CredentialHost, path: string): Promise<string> {
  const remedy = 'Check that the pod has a projected service account token, or correct the path.';
  const token = (await readTextFile(host, path))?.trim();
  if (token === undefined) throw failed(`${path}: the OIDC token file does not exist`, remedy);
  if (token.length < 4 || token.length > 20_000)
    throw failed(`${path}: must hold an OIDC token of 4 to 20000 characters`, remedy);
  return token;
}
