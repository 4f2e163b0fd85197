import { isObject } from '../../protocol/is-object.ts';
import type { FoundCredentials } from '../credential-source.ts';
import type { CredentialHost } from '../host/credential-host.ts';
import { requestJson } from '../host/issuer-requests.ts';
import {
  FILE_NAMES,
  type Fields,
  type KeyNames,
  OWN_NAMES,
  optionalInteger,
  optionalText,
  readExpiration,
  readKeys,
  requireText,
  WIRE_NAMES,
} from '../read-keys.ts';
import { failed } from '../source-error.ts';

/** A sign-in that ends sooner than this is not used. */
const MIN_LIFE_MS = 60_000;
const SIGN_IN_TIMEOUT_MS = 5_000;

/** Where a profile caches a browser sign-in of the vendor's command line, and how it is exchanged for keys. */
interface SignIn {
  readonly token: string;
  readonly tokenExpire: string;
  readonly exchange: (
    host: CredentialHost,
    profile: Fields,
    token: string,
    where: string,
  ) => Promise<FoundCredentials>;
}

export const CLOUD_SSO: SignIn = {
  token: 'access_token',
  tokenExpire: 'cloud_sso_access_token_expire',
  async exchange(host, profile, token, where) {
    const url = requireText(profile, 'cloud_sso_sign_in_url', where);
    const origin = URL.canParse(url) ? new URL(url) : undefined;
    if (origin?.protocol !== 'https:')
      throw failed(`${where}: cloud_sso_sign_in_url must be an https URL`, 'Correct cloud_sso_sign_in_url.');
    const body = JSON.stringify({
      AccountId: requireText(profile, 'cloud_sso_account_id', where),
      AccessConfigurationId: requireText(profile, 'cloud_sso_access_config', where),
    });
    const answer = await postWithToken(host, `https://${origin.host}/cloud-credentials`, token, where, body);
    return readSession(answer.document['CloudCredential'], answer.clockOffsetMs, where);
  },
};

export const OAUTH: SignIn = {
  token: 'oauth_access_token',
  tokenExpire: 'oauth_access_token_expire',
  async exchange(host, profile, token, where) {
    const site = requireText(profile, 'oauth_site_type', where).toUpperCase();
    const hostname = { CN: 'oauth.aliyun.com', INTL: 'oauth.alibabacloud.com' }[site];
    if (hostname === undefined)
      throw failed(`${where}: oauth_site_type must be CN or INTL`, 'Correct oauth_site_type.');
    const answer = await postWithToken(host, `https://${hostname}/v1/exchange`, token, where, '');
    return readSession(answer.document, answer.clockOffsetMs, where, OWN_NAMES, 'expiration');
  },
};

/**
 * Uses the session that the command line cached while it is valid, else its access token. The file is never written.
 *
 * @param login - The command that signs in again.
 * @throws CredentialSourceError whose remedy is to sign in again.
 */
export async function findSignedIn(
  host: CredentialHost,
  profile: Fields,
  { token, tokenExpire, exchange }: SignIn,
  where: string,
  login: string,
): Promise<FoundCredentials> {
  const soon = host.now() + MIN_LIFE_MS;
  const expiration = readExpiration(profile, 'sts_expiration', where);
  if (expiration !== undefined && expiration.getTime() > soon) {
    const credentials = { ...readKeys(profile, FILE_NAMES, where, 'required'), expiration };
    return { credentials, description: where };
  }
  const accessToken = optionalText(profile, token, where);
  const expiresAt = (optionalInteger(profile, tokenExpire, where) ?? 0) * 1000;
  if (accessToken === undefined || expiresAt <= soon)
    throw failed(`${where}: the sign-in has expired`, `Sign in again: ${login}`);
  return exchange(host, profile, accessToken, where);
}

async function postWithToken(
  host: CredentialHost,
  url: string,
  token: string,
  where: string,
  body: string,
): ReturnType<typeof requestJson> {
  return requestJson(host, where, {
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body,
    timeoutMs: SIGN_IN_TIMEOUT_MS,
    direct: false,
  });
}

function readSession(
  fields: unknown,
  clockOffsetMs: number,
  where: string,
  names: KeyNames = WIRE_NAMES,
  expiration = 'Expiration',
): FoundCredentials {
  if (!isObject(fields))
    throw failed(
      `${where}: the answer of the sign-in service has no credentials`,
      'Check any proxy in front of the sign-in service.',
    );
  const credentials = {
    ...readKeys(fields, names, where, 'required'),
    expiration: readExpiration(fields, expiration, where),
  };
  return { credentials, clockOffsetMs, description: where };
}
