import { DEFAULT_CALL_LIMITS, describeImageOperation } from '@describe-image/core/protocol';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { createCall } from '../src/http/create-call.ts';

it('limits an attempt to the attempt timeout of core', async () => {
  const sent: IHttpRequestOptions[] = [];
  const context = {
    getCredentials: async (): Promise<ICredentialDataDecryptedObject> => ({ site: 'china' }),
    helpers: {
      httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) => {
        sent.push(options);
        return { statusCode: 200, headers: {}, body: JSON.stringify({ Data: { Digest: 'a'.repeat(64) } }) };
      },
    },
  } as unknown as IExecuteFunctions; // createCall uses no other member
  const call = await createCall(context);
  const { attempts } = await call(describeImageOperation, {
    imageRegionId: 'cn-hangzhou',
    imageInstanceId: 'cri-1',
    imageRepoId: 'crr-1',
    imageTag: '1',
  });
  expect(attempts).toBe(1);
  expect(sent.map(({ timeout }) => timeout)).toEqual([DEFAULT_CALL_LIMITS.attemptTimeoutMs]);
});
