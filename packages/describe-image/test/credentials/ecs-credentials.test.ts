import { expect, it } from 'vitest';
import { ecsCredentials } from '../../src/credentials/index.ts';
import { machine, START } from './machine.ts';
import { metadataService, ROLES_PATH } from './metadata-service.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';

it('reads the instance role with a metadata token (v2), in three requests', async () => {
  const metadata = await metadataService({ tokenless: false });
  const { host } = machine({}, { metadataOrigin: metadata.origin });
  expect(await ecsCredentials({ host })()).toEqual({
    accessKeyId: 'STS.session1',
    accessKeySecret: 'secret-of-session-1',
    securityToken: 'token-of-session-1',
    expiration: new Date(START + 6 * 3_600_000),
  });
  expect(metadata.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /latest/api/token',
    `GET ${ROLES_PATH}`,
    `GET ${ROLES_PATH}web-role`,
  ]);
});

it('uses v1 where v2 is not served', async () => {
  const metadata = await metadataService({ tokens: false });
  const { host } = machine({}, { metadataOrigin: metadata.origin });
  expect(await ecsCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('does not use v1 when ALIBABA_CLOUD_IMDSV1_DISABLED is set', async () => {
  const metadata = await metadataService({ tokens: false });
  const { host } = machine({ ALIBABA_CLOUD_IMDSV1_DISABLED: 'TRUE' }, { metadataOrigin: metadata.origin });
  const error = await rejection(ecsCredentials({ host }));
  expect(error.message).toContain('access without one is disabled');
  expect(metadata.requests).toHaveLength(1);
});

it('sends no request when ALIBABA_CLOUD_ECS_METADATA_DISABLED is set', async () => {
  const metadata = await metadataService();
  const { host } = machine(
    { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' },
    { metadataOrigin: metadata.origin },
  );
  const error = await rejection(ecsCredentials({ host }));
  expect(error).toMatchObject({ outcome: 'absent' });
  expect(metadata.requests).toHaveLength(0);
});

it('reads the role that ALIBABA_CLOUD_ECS_METADATA names, in two requests', async () => {
  const metadata = await metadataService();
  const { host } = machine({ ALIBABA_CLOUD_ECS_METADATA: 'web-role' }, { metadataOrigin: metadata.origin });
  await ecsCredentials({ host })();
  expect(metadata.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /latest/api/token',
    `GET ${ROLES_PATH}web-role`,
  ]);
});

it('reports absent after one request when nothing answers', async () => {
  const { host } = machine();
  expect(await rejection(ecsCredentials({ host }))).toMatchObject({ outcome: 'absent', retryable: false });
});

it('stops waiting for the metadata service after a second', async () => {
  const metadata = await metadataService();
  const limits: number[] = [];
  const { host } = machine({}, { metadataOrigin: metadata.origin });
  const noting = {
    ...host,
    request: (request: Parameters<typeof host.request>[0]) => {
      limits.push(request.timeoutMs);
      return host.request(request);
    },
  };
  await ecsCredentials({ host: noting })();
  expect(new Set(limits)).toEqual(new Set([1000]));
});

it('sends no metadata request through a proxy', async () => {
  const metadata = await metadataService();
  const { host } = machine({}, { metadataOrigin: metadata.origin });
  const directs: boolean[] = [];
  const noting = {
    ...host,
    request: (request: Parameters<typeof host.request>[0]) => {
      directs.push(request.direct);
      return host.request(request);
    },
  };
  await ecsCredentials({ host: noting })();
  expect(directs).toEqual([true, true, true]);
});

it('does not send a request at every call in the last hour of a session', async () => {
  const metadata = await metadataService();
  const { host, advance } = machine({}, { metadataOrigin: metadata.origin });
  const provider = ecsCredentials({ host });
  await provider();
  advance(5.2 * 3_600_000);
  for (let call = 0; call < 5; call++) await provider();
  expect(metadata.requests).toHaveLength(3);
});

it.each([
  ['no role is attached', { status: 404, text: 'not found' }, 'no role is attached'],
  ['the service is broken', { status: 500, text: 'oops' }, 'HTTP 500'],
])('names the reason when %s', async (_case, reply, message) => {
  const metadata = await metadataService({ before: ({ path }) => (path === ROLES_PATH ? reply : undefined) });
  const { host } = machine({}, { metadataOrigin: metadata.origin });
  expect((await rejection(ecsCredentials({ host }))).message).toContain(message);
});

it.each([
  [
    'a code other than Success',
    { json: { Code: 'Failed', AccessKeySecret: 'leaky' } },
    'the code of the answer is not Success',
  ],
  ['text that is not JSON', { text: 'leaky {' }, 'not a JSON object'],
  [
    'keys without a token',
    { json: { AccessKeyId: 'a', AccessKeySecret: 'leaky' } },
    'SecurityToken is missing',
  ],
  [
    'an expiration that is not a time',
    { json: { AccessKeyId: 'a', AccessKeySecret: 'leaky', SecurityToken: 't', Expiration: 'soon' } },
    'Expiration must be a time',
  ],
])('rejects an answer of %s without repeating it', async (_case, reply, message) => {
  const metadata = await metadataService({
    before: ({ path }) => (path === `${ROLES_PATH}web-role` ? reply : undefined),
  });
  const { host } = machine({}, { metadataOrigin: metadata.origin });
  const error = await rejection(ecsCredentials({ host }));
  expect(error.message).toContain(message);
  expectNoSecret(everythingOf(error), 'leaky');
});
