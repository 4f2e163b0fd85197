import { rmSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { CredentialChainError, defaultCredentials, explainChain } from '../../src/credentials/index.ts';
import { createClient } from '../../src/index.ts';
import { rawOperation } from '../../src/operations/raw-operation.ts';
import { configOf, machine, START } from './machine.ts';
import { metadataService } from './metadata-service.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { serve } from './serve.ts';
import { PROVIDER_ARN, ROLE_ARN, session, stsService } from './sts-service.ts';

const CONFIG = '.aliyun/config.json';
const SHARED = '.alibabacloud/credentials';

/** A machine where every step of the chain has credentials. */
async function everywhere() {
  const sts = await stsService();
  const metadata = await metadataService();
  const sidecar = await serve(() => ({ json: session(90, START) }));
  const rich = machine(
    {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIenvironment',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'environmentsecret',
      ALIBABA_CLOUD_ROLE_ARN: ROLE_ARN,
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER_ARN,
      ALIBABA_CLOUD_STS_ENDPOINT: sts.origin,
      ALIBABA_CLOUD_CREDENTIALS_URI: sidecar.origin,
    },
    { metadataOrigin: metadata.origin },
  );
  rich.environment['ALIBABA_CLOUD_OIDC_TOKEN_FILE'] = rich.write('token', 'a.b.c');
  rich.write(
    CONFIG,
    configOf({ mode: 'AK', access_key_id: 'LTAIcliprofile', access_key_secret: 'clisecret' }),
  );
  rich.write(
    SHARED,
    '[default]\ntype=access_key\naccess_key_id=LTAIsharedfile\naccess_key_secret=sharedsecret\n',
  );
  return { ...rich, sts, metadata, sidecar };
}

/** Removes the configuration of each step, in the order of the chain. */
function takeAway(step: string, { environment, home }: Awaited<ReturnType<typeof everywhere>>): void {
  if (step === 'environment')
    environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] = environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = '';
  if (step === 'oidc') delete environment['ALIBABA_CLOUD_ROLE_ARN'];
  if (step === 'cli-profile') environment['ALIBABA_CLOUD_CLI_PROFILE_DISABLED'] = 'true';
  if (step === 'shared-file') rmSync(`${home}/${SHARED}`);
  if (step === 'ecs') environment['ALIBABA_CLOUD_ECS_METADATA_DISABLED'] = 'true';
  if (step === 'uri') delete environment['ALIBABA_CLOUD_CREDENTIALS_URI'];
}

it('returns the region of the profile that provided the credentials', async () => {
  const { host, write } = machine();
  const keys = { mode: 'AK', access_key_id: 'LTAIcliprofile', access_key_secret: 'clisecret' };
  write(CONFIG, configOf({ ...keys, region_id: 'ap-southeast-1' }));
  const chain = defaultCredentials({ host });
  expect(chain.region()).toBeUndefined();
  await chain();
  expect(chain.region()).toBe('ap-southeast-1');
});

it('runs the steps in the official order: environment, OIDC, CLI profile, shared file, ECS, URI', async () => {
  const rich = await everywhere();
  const order: string[] = [];
  for (let round = 0; round < 7; round++) {
    const steps = await explainChain({ host: rich.host });
    const found = steps.find(({ status }) => status === 'found')?.name;
    if (found === undefined) break;
    order.push(found);
    takeAway(found, rich);
  }
  expect(order).toEqual(['environment', 'oidc', 'cli-profile', 'shared-file', 'ecs', 'uri']);
});

it('runs no step after the one that has credentials', async () => {
  const { host, sts, metadata, sidecar } = await everywhere();
  expect(await defaultCredentials({ host })()).toMatchObject({ accessKeyId: 'LTAIenvironment' });
  expect([...sts.requests, ...metadata.requests, ...sidecar.requests]).toHaveLength(0);
});

it('lists every step with the reason it was skipped when nothing is configured', async () => {
  const { host, home } = machine();
  const error = await rejection(defaultCredentials({ host }));
  expect(error).toBeInstanceOf(CredentialChainError);
  expect(error.message.split('\n')).toEqual([
    'no credentials; what was tried, in order:',
    '- environment variables: skipped: ALIBABA_CLOUD_ACCESS_KEY_ID is not set',
    '- OIDC (RRSA): skipped: ALIBABA_CLOUD_ROLE_ARN is not set',
    `- aliyun CLI profile: skipped: ${home}/.aliyun/config.json: does not exist`,
    `- shared credentials file: skipped: ${home}/.alibabacloud/credentials: does not exist`,
    '- ECS instance role: skipped: the ECS metadata service: no complete answer from 127.0.0.1:9: ECONNREFUSED',
    '- credentials URI: skipped: ALIBABA_CLOUD_CREDENTIALS_URI is not set',
  ]);
  expect(error.remedy).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID');
});

it('sends one request, to the metadata service, when nothing is configured', async () => {
  const { host } = machine();
  const waits: number[] = [];
  const noting = {
    ...host,
    request: (request: Parameters<typeof host.request>[0]) => {
      waits.push(request.timeoutMs);
      return host.request(request);
    },
  };
  await rejection(defaultCredentials({ host: noting }));
  expect(waits).toEqual([1000]);
});

it('continues after a second when the metadata service does not answer', async () => {
  const silent = await serve(() => undefined);
  const { host } = machine({}, { metadataOrigin: silent.origin });
  const error = await rejection(defaultCredentials({ host }));
  expect(error.message).toContain('no complete answer from 127.0.0.1');
  expect(error.message).toContain('within 1000 ms');
  expect(silent.requests).toHaveLength(1);
});

it('runs every step again after a call that found nothing', async () => {
  const { host, environment } = machine();
  const provider = defaultCredentials({ host });
  await rejection(provider);
  environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] = 'LTAIlater';
  environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = 'latersecret';
  expect(await provider()).toMatchObject({ accessKeyId: 'LTAIlater' });
});

it('keeps the step that gave credentials, and runs the chain again when that step fails for good', async () => {
  const { host, write, advance } = machine();
  const token = write('token', 'a.b.c');
  let rejecting = false;
  const sts = await stsService({
    before: () =>
      rejecting
        ? { status: 400, json: { Code: 'AuthenticationFail.NoPermission', Message: 'no' } }
        : undefined,
  });
  write(
    CONFIG,
    configOf({
      mode: 'OIDC',
      ram_role_arn: ROLE_ARN,
      oidc_provider_arn: PROVIDER_ARN,
      oidc_token_file: token,
      sts_endpoint: sts.origin,
    }),
  );
  const provider = defaultCredentials({ host });
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session1' });
  write(SHARED, '[default]\ntype=access_key\naccess_key_id=LTAIsharedfile\naccess_key_secret=sharedsecret\n');
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session1' });
  rejecting = true;
  advance(3_600_000);
  expect(await provider()).toMatchObject({ accessKeyId: 'LTAIsharedfile' });
});

it('runs a kept step that failed for good once in the next call', async () => {
  let rejecting = false;
  const sidecar = await serve(() => (rejecting ? { status: 403, text: 'no' } : { json: session(1, START) }));
  const { host, advance } = machine({
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    ALIBABA_CLOUD_CREDENTIALS_URI: sidecar.origin,
  });
  const provider = defaultCredentials({ host });
  await provider();
  rejecting = true;
  advance(3_600_000);
  await rejection(provider);
  const before = sidecar.requests.length;
  await rejection(provider);
  expect(sidecar.requests.length - before).toBe(1);
});

it('fails on a profile whose source profile is empty, without reading the instance role', async () => {
  const metadata = await metadataService();
  const { host, write } = machine({}, { metadataOrigin: metadata.origin });
  write(CONFIG, {
    current: 'outer',
    profiles: [
      { name: 'outer', mode: 'ChainableRamRoleArn', source_profile: 'inner', ram_role_arn: ROLE_ARN },
      { name: 'inner', mode: 'AK', access_key_id: '', access_key_secret: '' },
    ],
  });
  const error = await rejection(defaultCredentials({ host }));
  expect(error.message).toContain('profile "outer"');
  expect(error.message).toContain('profile "inner": is not set up yet');
  expect(metadata.requests).toHaveLength(0);
});

it('runs the chain once for 100 concurrent first calls', async () => {
  const rich = await everywhere();
  takeAway('environment', rich);
  const provider = defaultCredentials({ host: rich.host });
  const all = await Promise.all(Array.from({ length: 100 }, () => provider()));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['STS.session1']));
  expect(rich.sts.requests).toHaveLength(1);
});

it('continues for the other callers when one caller aborts', async () => {
  const rich = await everywhere();
  takeAway('environment', rich);
  const provider = defaultCredentials({ host: rich.host });
  const leaving = new AbortController();
  const first = provider({ signal: leaving.signal });
  const second = provider();
  leaving.abort();
  await expect(first).rejects.toMatchObject({ code: 'Abort' });
  expect(await second).toMatchObject({ accessKeyId: 'STS.session1' });
});

it.each([
  [
    'rejects the request',
    { status: 400, json: { Code: 'AuthenticationFail.NoPermission', Message: 'no' } } as const,
  ],
  ['does not answer', 'cut' as const],
])('does not read the instance role when RRSA is configured and STS %s', async (_case, reply) => {
  const metadata = await metadataService();
  const sts = await serve(() => reply);
  const { host, write, environment } = machine(
    {
      ALIBABA_CLOUD_ROLE_ARN: ROLE_ARN,
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER_ARN,
      ALIBABA_CLOUD_STS_ENDPOINT: sts.origin,
    },
    { metadataOrigin: metadata.origin },
  );
  environment['ALIBABA_CLOUD_OIDC_TOKEN_FILE'] = write('token', 'a.b.c');
  const error = await rejection(defaultCredentials({ host }));
  expect(error.message).toContain('- ECS instance role: not tried: OIDC (RRSA) is configured');
  expect(metadata.requests).toHaveLength(0);
});

it('runs no further step after a source that does not answer', async () => {
  const rich = await everywhere();
  takeAway('environment', rich);
  rich.environment['ALIBABA_CLOUD_STS_ENDPOINT'] = 'http://127.0.0.1:9';
  const provider = defaultCredentials({ host: rich.host });
  expect(await rejection(provider)).toMatchObject({ retryable: true });
  rich.environment['ALIBABA_CLOUD_STS_ENDPOINT'] = rich.sts.origin;
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('reads nothing but the requested profile', async () => {
  const rich = await everywhere();
  const provider = defaultCredentials({ host: rich.host, profile: 'dev' });
  expect(await provider()).toMatchObject({ accessKeyId: 'LTAIcliprofile' });
  const error = await rejection(defaultCredentials({ host: rich.host, profile: 'prod' }));
  expect(error.message.split('\n')).toHaveLength(3);
  expect(error.message).toContain('has no profile "prod"');
  expect(error.message).toContain('has no section [prod]');
  expect(error.remedy).toBe('Run: aliyun configure --profile prod');
});

it('reads the requested profile from the shared file', async () => {
  const { host, write } = machine();
  write(SHARED, '[prod]\ntype=access_key\naccess_key_id=LTAIprod\naccess_key_secret=s\n');
  expect(await defaultCredentials({ host, profile: 'prod' })()).toMatchObject({ accessKeyId: 'LTAIprod' });
});

it('reports masked key id, region and expiration, and no secret', async () => {
  const rich = await everywhere();
  const secrets = [
    'environmentsecret',
    'secret-of-session-1',
    'token-of-session-1',
    'clisecret',
    'LTAIenvironment',
  ];
  for (const step of ['environment', 'oidc', 'cli-profile']) {
    const steps = await explainChain({ host: rich.host });
    expect(steps).toHaveLength(6);
    expectNoSecret(JSON.stringify(steps) + inspect(steps, { depth: 9 }), ...secrets);
    takeAway(step, rich);
    const found = steps.find(({ status }) => status === 'found');
    if (step === 'environment')
      expect(found).toMatchObject({
        accessKeyId: 'LTAI***ment',
        temporary: false,
        detail: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
      });
    if (step === 'oidc')
      expect(found).toMatchObject({ temporary: true, expiration: new Date(START + 3_600_000) });
    if (step === 'cli-profile') {
      expect(found).toMatchObject({ region: 'cn-hangzhou' });
      expect(found?.detail).toBe(`${rich.home}/${CONFIG}, profile "dev", mode AK`);
    }
  }
});

it('does not report a key in the place of the region', async () => {
  const { host, write } = machine();
  const key = 'LongSecretWithDigits0123456789';
  write(
    CONFIG,
    configOf({ mode: 'AK', access_key_id: 'LTAItestid', access_key_secret: 's', region_id: key }),
  );
  expectNoSecret(JSON.stringify(await explainChain({ host })), key);
});

it('keeps its credentials when it is explained', async () => {
  const rich = await everywhere();
  takeAway('environment', rich);
  const provider = defaultCredentials({ host: rich.host });
  await provider();
  await provider.explain();
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('shows no secret when the chain or its error is inspected', async () => {
  const rich = await everywhere();
  const provider = defaultCredentials({ host: rich.host });
  await provider();
  expectNoSecret(inspect(provider, { depth: 9, showHidden: true }), 'environmentsecret');
  rich.environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = 'two words';
  rich.write(CONFIG, '{"profiles": [{"access_key_secret": "clisecret"');
  rich.write(SHARED, '[default]\nsharedsecret\n');
  for (const step of ['oidc', 'ecs', 'uri']) takeAway(step, rich);
  const error = await rejection(defaultCredentials({ host: rich.host }));
  expectNoSecret(everythingOf(error), 'two words', 'clisecret', 'sharedsecret');
});

it('signs the calls of a client with the credentials of the chain', async () => {
  const rich = await everywhere();
  takeAway('environment', rich);
  const api = await serve(() => ({ json: { RequestId: 'r' } }));
  const client = createClient({ endpoint: api.origin, credentials: defaultCredentials({ host: rich.host }) });
  await client.call(rawOperation('DescribeImageStatistics'), {});
  client.close();
  expect(api.requests[0]?.headers['x-acs-security-token']).toBe('token-of-session-1');
});
