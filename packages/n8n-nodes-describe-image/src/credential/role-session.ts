import { randomUUID } from 'node:crypto';
import { assumeRoleOn } from '@describe-image/core/credentials/portable';
import { type Credentials, createServiceClock, type ServiceClock } from '@describe-image/core/protocol';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';
import { toCoreError, toHttpResponse } from '../http/n8n-response.ts';
import type { CredentialFields } from './read-credential.ts';

type Helpers = IHttpRequestHelper['helpers'];
type Host = Parameters<typeof assumeRoleOn>[0];

/** A session is renewed this long before its end, so that it does not expire during a request. */
const RENEWAL_MARGIN_MS = 60_000;

/** AssumeRole calls in flight. Requests that start together share one call. */
const inFlight = new Map<string, Promise<string>>();

/** Assumes the role. Returns its session as JSON, which n8n stores encrypted in the credential. */
export function assumeRole(helpers: Helpers, fields: CredentialFields): Promise<string> {
  const key = JSON.stringify([fields.role, fields.keys, fields.stsEndpoint]);
  const session = inFlight.get(key) ?? requestSession(helpers, fields).finally(() => inFlight.delete(key));
  inFlight.set(key, session);
  return session;
}

async function requestSession(
  helpers: Helpers,
  { role, keys, stsEndpoint }: CredentialFields,
): Promise<string> {
  if (role === undefined) return '';
  const clock = createServiceClock();
  const provider = assumeRoleOn(createHost(helpers, clock), keys, { ...role, stsEndpoint });
  const session = await provider();
  return JSON.stringify({ ...session, clockOffsetMs: clock.offsetMs });
}

/** Reads a stored session. Returns `undefined` when it is missing, malformed or about to expire. */
export function readRoleSession(session: string | undefined, now: Date): Credentials | undefined {
  const { accessKeyId, accessKeySecret, securityToken, expiration, clockOffsetMs } = parseSession(session);
  if (typeof accessKeyId !== 'string' || typeof accessKeySecret !== 'string') return undefined;
  if (typeof securityToken !== 'string' || typeof expiration !== 'string') return undefined;
  // The expiration is a time of the service's clock.
  const serviceNow = now.getTime() + (typeof clockOffsetMs === 'number' ? clockOffsetMs : 0);
  const isValid = Date.parse(expiration) - serviceNow > RENEWAL_MARGIN_MS;
  return isValid
    ? { accessKeyId, accessKeySecret, securityToken, expiration: new Date(expiration) }
    : undefined;
}

/** The secrets of a credential and of its session, also of an expired one: services repeat them in errors. */
export function secretsOf(data: ICredentialDataDecryptedObject): readonly string[] {
  const session = parseSession(data['roleSessionToken']);
  return [data, session]
    .flatMap(({ accessKeySecret, securityToken }) => [accessKeySecret, securityToken])
    .flatMap((secret) => (typeof secret === 'string' ? [secret.trim()] : []));
}

function parseSession(session: unknown): Partial<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(typeof session === 'string' ? session : 'null');
  } catch {
    return {};
  }
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** n8n handles this error as a response with status 401: it assumes the role again and repeats `authenticate`. */
export class RoleSessionExpiredError extends Error {
  readonly response: { readonly status: 401 } = { status: 401 };

  constructor() {
    super('The session of the assumed role has expired');
  }
}

/** Core's host interface with n8n's HTTP helper. Verified community nodes may not read environment variables or files. */
function createHost(helpers: Helpers, clock: ServiceClock): Host {
  return {
    environment: {},
    homeDirectory: () => '',
    readFile: async (path) => {
      throw Object.assign(new Error(`readFile: not available in n8n, got ${path}`), { code: 'ENOENT' });
    },
    now: () => Date.now(),
    nonce: () => randomUUID(),
    request: async ({ method, url, headers, body, timeoutMs }) => {
      const response = await helpers
        .httpRequest({
          method,
          url,
          headers: { ...headers },
          ...(body !== undefined && { body }),
          timeout: timeoutMs,
          encoding: 'text',
          returnFullResponse: true,
          ignoreHttpStatusErrors: true,
        })
        .then(
          (full: IN8nHttpFullResponse) => ({ full }),
          (error: unknown) => ({ error: toCoreError('AssumeRole', error) }),
        );
      if ('error' in response) throw response.error;
      const converted = toHttpResponse(response.full);
      clock.correct(Date.parse(converted.header('date') ?? '') || undefined, clock.offsetMs, Date.now());
      return converted;
    },
    metadataOrigin: '',
  };
}
