import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { oidcCredentials } from '../../src/credentials/index.ts';
import { machine, START } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { PROVIDER_ARN, ROLE_ARN, stsService } from './sts-service.ts';

function pod(origin: string, token = 'header.payload.signature\n') {
  const pod = machine({
    ALIBABA_CLOUD_ROLE_ARN: ROLE_ARN,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER_ARN,
    ALIBABA_CLOUD_STS_ENDPOINT: origin,
  });
  const tokenFile = pod.write('token', token);
  pod.environment['ALIBABA_CLOUD_OIDC_TOKEN_FILE'] = tokenFile;
  return { ...pod, tokenFile };
}

it('sends the token in an unsigned form, without the line end of its file', async () => {
  const sts = await stsService();
  const { host } = pod(sts.origin);
  expect(await oidcCredentials({ host })()).toMatchObject({
    accessKeyId: 'STS.session1',
    expiration: new Date(START + 3_600_000),
  });
  const [request] = sts.requests;
  expect(Object.fromEntries(request?.query ?? [])).toEqual({
    Action: 'AssumeRoleWithOIDC',
    Format: 'JSON',
    Timestamp: '2026-01-31T12:00:00Z',
    Version: '2015-04-01',
  });
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    OIDCProviderArn: PROVIDER_ARN,
    OIDCToken: 'header.payload.signature',
    RoleArn: ROLE_ARN,
    RoleSessionName: 'describe-image',
    DurationSeconds: '3600',
  });
  expect(request?.headers).not.toHaveProperty('authorization');
});

it('reads the token file again for every session', async () => {
  const sts = await stsService();
  const { host, tokenFile, advance } = pod(sts.origin);
  const provider = oidcCredentials({ host });
  await provider();
  writeFileSync(tokenFile, 'rotated.payload.signature');
  advance(3_599_000);
  await provider();
  expect(sts.requests.map(({ body }) => new URLSearchParams(body).get('OIDCToken'))).toEqual([
    'header.payload.signature',
    'rotated.payload.signature',
  ]);
});

it('takes the session name from ALIBABA_CLOUD_ROLE_SESSION_NAME', async () => {
  const sts = await stsService();
  const { host, environment } = pod(sts.origin);
  environment['ALIBABA_CLOUD_ROLE_SESSION_NAME'] = 'pod-7';
  await oidcCredentials({ host })();
  expect(new URLSearchParams(sts.requests[0]?.body).get('RoleSessionName')).toBe('pod-7');
});

it('keeps a token that STS repeats out of the error', async () => {
  const sts = await stsService({
    before: ({ body }) => ({
      status: 400,
      json: { Code: 'AuthenticationFail.OIDCToken.Invalid', Message: `bad: ${body}`, RequestId: 'r-1' },
    }),
  });
  const { host } = pod(sts.origin, 'secret/payload+signature==');
  const error = await rejection(oidcCredentials({ host }));
  expect(error).toMatchObject({ apiCode: 'AuthenticationFail.OIDCToken.Invalid', requestId: 'r-1' });
  expectNoSecret(everythingOf(error), 'secret/payload+signature', 'secret%2Fpayload');
});

it.each([
  ['is missing', undefined, 'does not exist'],
  ['is empty', '\n', 'must hold an OIDC token'],
])('names a token file that %s', async (_case, content, message) => {
  const { host, environment, home } = pod('http://127.0.0.1:9', content ?? 'x');
  if (content === undefined) environment['ALIBABA_CLOUD_OIDC_TOKEN_FILE'] = `${home}/nowhere`;
  const error = await rejection(oidcCredentials({ host }));
  expect(error.message).toContain(`${environment['ALIBABA_CLOUD_OIDC_TOKEN_FILE']}: `);
  expect(error.message).toContain(message);
});

it('prefers options to variables', async () => {
  const sts = await stsService();
  const { host } = pod(sts.origin);
  const roleArn = 'acs:ram::6543210987654321:role/other';
  await oidcCredentials({ host, roleArn, durationSeconds: 900 })();
  const form = new URLSearchParams(sts.requests[0]?.body);
  expect([form.get('RoleArn'), form.get('DurationSeconds')]).toEqual([roleArn, '900']);
});
