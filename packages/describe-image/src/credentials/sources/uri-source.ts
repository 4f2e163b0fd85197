import type { CredentialSource, FoundCredentials } from '../credential-source.ts';
import { abortable, type CredentialHost, variable } from '../host/credential-host.ts';
import { requestJson } from '../host/issuer-requests.ts';
import { readExpiration, readKeys, WIRE_NAMES } from '../read-keys.ts';
import { absent, failed } from '../source-error.ts';

const URI_TIMEOUT_MS = 5_000;

/** A local service that returns keys. `uri` takes precedence over `ALIBABA_CLOUD_CREDENTIALS_URI`. */
export function uriSource(host: CredentialHost, uri?: string): CredentialSource {
  return {
    name: 'uri',
    label: 'credentials URI',
    async find({ signal } = {}) {
      const given = uri ?? variable(host, 'ALIBABA_CLOUD_CREDENTIALS_URI');
      if (!given) throw absent('ALIBABA_CLOUD_CREDENTIALS_URI is not set');
      return findAtUri(abortable(host, signal), given, 'the credentials URI');
    },
  };
}

/** @throws CredentialSourceError that shows only the host of the URI: its path and query may hold a secret. */
export async function findAtUri(host: CredentialHost, uri: string, where: string): Promise<FoundCredentials> {
  const url = parseUrl(uri, where);
  const { document, clockOffsetMs } = await requestJson(host, where, {
    method: 'GET',
    url: url.href,
    headers: { accept: 'application/json' },
    timeoutMs: URI_TIMEOUT_MS,
    direct: true,
  });
  const expiration = readExpiration(document, 'Expiration', where);
  return {
    credentials: {
      ...readKeys(document, WIRE_NAMES, where, expiration === undefined ? 'optional' : 'required'),
      expiration,
    },
    clockOffsetMs,
    description: where === 'the credentials URI' ? 'ALIBABA_CLOUD_CREDENTIALS_URI' : where,
  };
}

function parseUrl(uri: string, where: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw failed(
      `${where}: must be an http(s) URL without user and password`,
      'Correct it, for example to "http://127.0.0.1:8080/credentials".',
    );
  return url;
}
