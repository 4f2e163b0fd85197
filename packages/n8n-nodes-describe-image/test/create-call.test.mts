import { inspect } from 'node:util';
import { DEFAULT_CALL_LIMITS, describeImageOperation } from '@describe-image/core/protocol';
import type {
  ICredentialDataDecryptedObject,
  IExecuteFunctions,
  IHttpRequestOptions,
  IN8nHttpFullResponse,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { createCall } from '../src/http/create-call.ts';

type Send = (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

const IDS = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-1',
  imageRepoId: 'crr-1',
  imageTag: '1',
};

/** A context with only the members that createCall uses. */
function contextWith(data: ICredentialDataDecryptedObject, send: Send): IExecuteFunctions {
  return {
    getCredentials: async () => data,
    helpers: { httpRequestWithAuthentication: (_: string, options: IHttpRequestOptions) => send(options) },
  } as unknown as IExecuteFunctions; // createCall uses no other member
}

const answer = (statusCode: number, body: object): IN8nHttpFullResponse => ({
  statusCode,
  headers: {},
  body: JSON.stringify(body),
});

it('limits an attempt to the attempt timeout of core', async () => {
  const sent: IHttpRequestOptions[] = [];
  const context = contextWith({ site: 'china' }, async (options) => {
    sent.push(options);
    return answer(200, { Data: { Digest: 'a'.repeat(64) } });
  });
  const call = await createCall(context);
  const { attempts } = await call(describeImageOperation, IDS);
  expect(attempts).toBe(1);
  expect(sent.map(({ timeout }) => timeout)).toEqual([DEFAULT_CALL_LIMITS.attemptTimeoutMs]);
});

describe('the error of a call', () => {
  const SECRET = 'SECRETkeyNeverShown';
  const TOKEN = 'CAIStokenNeverShown+/=';
  const ROLE_SECRET = 'ROLEsecretNeverShown';
  const ROLE_TOKEN = 'CAISroleTokenNeverShown+/=';
  const texts = [
    `[${TOKEN}] (${SECRET}) [${ROLE_TOKEN}] (${ROLE_SECRET})`,
    encodeURIComponent(`${TOKEN} ${SECRET} ${ROLE_TOKEN} ${ROLE_SECRET}`),
    Buffer.from(`${TOKEN} ${SECRET} ${ROLE_TOKEN} ${ROLE_SECRET}`).toString('base64'),
    `${'x'.repeat(1995)}${TOKEN}`,
  ];

  /** Rejects as the service or n8n's helper would, after n8n has stored the session of the role. */
  async function failureOf(send: Send): Promise<string> {
    const data: ICredentialDataDecryptedObject = {
      site: 'china',
      accessKeySecret: ` ${SECRET} `,
      securityToken: TOKEN,
      assumeRole: true,
    };
    const call = await createCall(
      contextWith(data, (options) => {
        data['roleSessionToken'] = JSON.stringify({
          accessKeySecret: ROLE_SECRET,
          securityToken: ROLE_TOKEN,
        });
        return send(options);
      }),
    );
    const error = await call(describeImageOperation, IDS, { maxRetries: 0 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    return `${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`;
  }

  it.each(texts)('contains no secret that the service repeats as %j', async (text) => {
    const shown = await failureOf(async () =>
      answer(403, {
        Code: 'NoPermission',
        Message: text,
        AccessDeniedDetail: { AuthPrincipalDisplayName: text },
      }),
    );
    expect(shown).toContain('[redacted]');
    expect(shown).not.toMatch(/CAIS|NeverShown|TmV2ZXJTaG93|5ldmVyU2hvd|OZXZlclNob3du/);
  });

  it('contains no secret that the error of the HTTP helper repeats', async () => {
    const shown = await failureOf(() => Promise.reject(new Error(`cannot send ${texts[0]}`)));
    expect(shown).toContain('[redacted]');
    expect(shown).not.toMatch(/CAIS|NeverShown/);
  });
});
