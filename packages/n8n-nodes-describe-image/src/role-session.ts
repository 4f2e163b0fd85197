import { randomUUID } from 'node:crypto';
import { assumeRoleOn } from '@describe-image/core/credentials/portable';
import type { Credentials } from '@describe-image/core/protocol';
import type { IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';
import { connectionError } from './connection-error.ts';
import type { CredentialFields } from './credential.ts';
import { httpResponse } from './http-response.ts';

type Helpers = IHttpRequestHelper['helpers'];
type Host = Parameters<typeof assumeRoleOn>[0];

/** Keys that end while a request is under way are of no use: they count as expired this much earlier. */
const MARGIN_MS = 60_000;

/** Requests that begin together find no session together: one call serves them all. */
const underWay = new Map<string, Promise<string>>();

/** Takes on the role and returns its session as the text that n8n keeps, encrypted, in the credential. */
export function assumeRole(helpers: Helpers, fields: CredentialFields): Promise<string> {
  const key = JSON.stringify([fields.role, fields.keys, fields.stsEndpoint]);
  const session = underWay.get(key) ?? askForSession(helpers, fields).finally(() => underWay.delete(key));
  underWay.set(key, session);
  return session;
}

async function askForSession(
  helpers: Helpers,
  { role, keys, stsEndpoint }: CredentialFields,
): Promise<string> {
  if (role === undefined) return '';
  const provider = assumeRoleOn(hostOf(helpers), keys, { ...role, stsEndpoint });
  return JSON.stringify(await provider());
}

/** The kept session, or nothing when there is none that still works. */
export function readRoleSession(session: string | undefined, now: Date): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(session ?? 'null');
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { accessKeyId, accessKeySecret, securityToken, expiration }: Partial<Record<string, unknown>> = {
    ...value,
  };
  if (typeof accessKeyId !== 'string' || typeof accessKeySecret !== 'string') return undefined;
  if (typeof securityToken !== 'string' || typeof expiration !== 'string') return undefined;
  const works = Date.parse(expiration) - now.getTime() > MARGIN_MS;
  return works
    ? { accessKeyId, accessKeySecret, securityToken, expiration: new Date(expiration) }
    : undefined;
}

/** n8n's HTTP, and nothing else of the machine: community nodes see no environment and no files. */
function hostOf(helpers: Helpers): Host {
  return {
    environment: {},
    homeDirectory: () => '',
    readFile: async (path) => {
      throw Object.assign(new Error(`no files here: ${path}`), { code: 'ENOENT' });
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
          (error: unknown) => ({ error: connectionError('AssumeRole', error) }),
        );
      if ('error' in response) throw response.error;
      return httpResponse(response.full);
    },
    metadataOrigin: '',
  };
}
