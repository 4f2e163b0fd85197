import {
  createEmulator,
  demoCredentials,
  demoSeed,
  type Emulator,
  type Seed,
} from '@describe-image/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answeringServer } from './answering-server.ts';
import { aliyunConfig, homeWith, NO_KEYS } from './home-directory.ts';
import { type CliSettings, runCli } from './run-cli.ts';

const TOKEN = 'tOkEn-0123456789abcdef/+=';
const SECRETS = [
  ...(demoSeed.keys ?? []).map(({ accessKeySecret }) => accessKeySecret),
  'not-the-secret',
  TOKEN,
  encodeURIComponent(TOKEN),
];
const CHAIN = ['environment', 'oidc', 'cli-profile', 'shared-file', 'ecs', 'uri'].map(
  (step) => `credentials.${step}`,
);
const ACTIONS = [
  'DescribeImageInstances',
  'DescribeImage',
  'DescribeImageRepoCriteria',
  'DescribeImageCriteria',
].map((action) => `action.${action}`);
const NOT_TRIED = [...ACTIONS, 'inventory'];

interface Finding {
  readonly check: string;
  readonly title: string;
  readonly state: string;
  readonly detail: string;
  readonly remedy: string;
  readonly exitCode: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

async function start(seed: Seed = {}): Promise<Emulator> {
  const emulator = await createEmulator({ seed: { ...demoSeed, ...seed } });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** Runs doctor and reads its JSON. Whatever it finds, its output holds no secret and each finding ends in a remedy. */
async function doctor(url: string, argv: readonly string[] = [], settings: CliSettings = {}) {
  const { exitCode, stdout, stderr } = await runCli(url, ['doctor', '--output', 'json', ...argv], settings);
  expect(stderr).toBe('');
  for (const secret of SECRETS) expect(stdout).not.toContain(secret);
  const document = JSON.parse(stdout);
  const findings: readonly Finding[] = document.findings;
  for (const { remedy } of findings) expect(remedy).toMatch(/\S/);
  const firstFailure = findings.find(({ state }) => state === 'fail');
  expect(exitCode).toBe(firstFailure?.exitCode ?? 0);
  expect(document.exitCode).toBe(exitCode);
  return {
    exitCode,
    document,
    finding: (check: string) => findings.find((candidate) => candidate.check === check),
    checksThatAre: (state: string) =>
      findings.filter((candidate) => candidate.state === state).map(({ check }) => check),
  };
}

const keys = (id: string, secret: string, securityToken?: string): CliSettings => ({
  environment: {
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
  },
});

it('ends with 0 when all is well', async () => {
  const { url } = await start();
  const { exitCode, document, finding, checksThatAre } = await doctor(url);
  expect(exitCode).toBe(0);
  expect(document).toEqual({
    schemaVersion: 1,
    source: 'doctor',
    observedAt: expect.stringMatching(/^\d{4}-/),
    requestId: null,
    endpoint: new URL(url).host,
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node: process.version,
    platform: expect.stringContaining(process.platform),
    verdict: 'ok',
    exitCode: 0,
    findings: [...CHAIN, 'credentials', 'endpoint', 'clock', 'identity', ...ACTIONS, 'inventory'].map(
      (check) => ({
        check,
        title: expect.any(String),
        state: CHAIN.slice(1).includes(check) ? 'skipped' : 'ok',
        detail: expect.any(String),
        remedy: 'Nothing to do.',
        exitCode: 0,
        facts: expect.any(Object),
      }),
    ),
  });
  expect(checksThatAre('fail')).toEqual([]);
  expect(finding('credentials')?.facts).toMatchObject({ accessKeyId: 'demo***y-id', temporary: false });
  expect(finding('endpoint')?.detail).toContain('set explicitly');
  expect(finding('identity')).toMatchObject({
    detail: 'account 1234567890123456, acs:ram::1234567890123456:user/demo',
    facts: { identityType: 'RAMUser', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
  });
  expect(finding('inventory')?.facts['totalCount']).toBe(13);
});

describe('the chain', () => {
  it('is walked step by step: what gave the keys, and why the others did not', async () => {
    const { url } = await start();
    const { accessKeyId, accessKeySecret } = demoCredentials;
    const profile = { mode: 'AK', access_key_id: accessKeyId, access_key_secret: accessKeySecret };
    const home = homeWith(aliyunConfig({ name: 'dev', region_id: 'cn-hangzhou', ...profile }));
    const { exitCode, finding } = await doctor(url, [], { ...home, environment: NO_KEYS });
    expect(exitCode).toBe(0);
    expect(CHAIN.map((check) => [finding(check)?.state, finding(check)?.detail])).toEqual([
      ['skipped', 'ALIBABA_CLOUD_ACCESS_KEY_ID is not set'],
      ['skipped', 'ALIBABA_CLOUD_ROLE_ARN is not set'],
      ['ok', expect.stringMatching(/^demo\*\*\*y-id from .*config\.json, profile "dev", mode AK$/)],
      ['skipped', 'not tried: aliyun CLI profile came first'],
      ['skipped', 'not tried: aliyun CLI profile came first'],
      ['skipped', 'not tried: aliyun CLI profile came first'],
    ]);
    expect(finding('credentials.cli-profile')?.facts['region']).toBe('cn-hangzhou');
  });

  it('ends with 8 without keys; endpoint and clock are still looked at, the rest says why not', async () => {
    const { url } = await start();
    const { exitCode, finding, checksThatAre } = await doctor(url, [], { environment: NO_KEYS });
    expect(exitCode).toBe(8);
    expect(checksThatAre('fail')).toEqual(['credentials']);
    expect(checksThatAre('ok')).toEqual(['endpoint', 'clock']);
    expect(checksThatAre('skipped')).toEqual([...CHAIN, 'identity', ...NOT_TRIED]);
    expect(finding('credentials')?.remedy).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID');
    expect(finding('identity')?.detail).toBe('not tried: keys in use failed');
  });

  it('ends with 8 when what is configured is broken, and quotes none of it', async () => {
    const { url } = await start();
    const home = homeWith({ '.aliyun/config.json': `{"profiles":[{"access_key_secret":"not-the-secret",]}` });
    const { exitCode, finding } = await doctor(url, [], { ...home, environment: NO_KEYS });
    expect(exitCode).toBe(8);
    expect(finding('credentials.cli-profile')).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('config.json, line 1'),
      remedy: expect.stringContaining('Correct the file'),
    });
    expect(finding('credentials')?.detail).toContain('aliyun CLI profile is configured, but gave none');
  });

  it('warns of a broken step when a later one gives keys', async () => {
    const { url } = await start();
    const { accessKeyId, accessKeySecret } = demoCredentials;
    const home = homeWith({
      '.alibabacloud/credentials': `[default]\ntype = access_key\naccess_key_id = ${accessKeyId}\naccess_key_secret = ${accessKeySecret}\n`,
    });
    const environment = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
    const { exitCode, finding, checksThatAre } = await doctor(url, [], { ...home, environment });
    expect([exitCode, checksThatAre('warn')]).toEqual([0, ['credentials.environment']]);
    expect(finding('credentials.environment')?.remedy).toContain('Set ALIBABA_CLOUD_ACCESS_KEY_SECRET');
    expect(finding('credentials.shared-file')?.state).toBe('ok');
  });

  it('finds the role of an ECS instance, and says when its session ends', async () => {
    const { url, metadataUrl } = await start();
    const { exitCode, finding } = await doctor(url, [], {
      environment: { ...NO_KEYS, ALIBABA_CLOUD_ECS_METADATA_DISABLED: undefined },
      credentialHost: { metadataOrigin: metadataUrl },
    });
    expect(exitCode).toBe(0);
    expect(finding('credentials')?.detail).toMatch(
      /^temporary key STS\.\*\*\*\w{4} of ECS instance role, until 2/,
    );
    expect(finding('identity')?.facts['identityType']).toBe('AssumedRoleUser');
  });
});

it('ends with 8 when what is configured does not answer, and says what to do outside of ECS', async () => {
  const { url } = await start();
  const environment = {
    ...NO_KEYS,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: undefined,
    ALIBABA_CLOUD_ECS_METADATA: 'image-reader',
  };
  const { exitCode, finding } = await doctor(url, [], { environment });
  expect(exitCode).toBe(8);
  expect(finding('credentials.ecs')).toMatchObject({
    state: 'fail',
    detail: expect.stringContaining('ECONNREFUSED'),
    remedy: expect.stringContaining('ALIBABA_CLOUD_ECS_METADATA_DISABLED=true'),
  });
});

describe('the role of --role-arn', () => {
  const role = (name: string) => ['--role-arn', `acs:ram::1234567890123456:role/${name}`];

  it('is what everything else is asked with', async () => {
    const { url } = await start();
    const { exitCode, finding } = await doctor(url, role('image-reader'));
    expect(exitCode).toBe(0);
    expect(finding('credentials')?.detail).toMatch(/^temporary key STS\.\*\*\*\w{4} of the role acs:ram/);
    expect(finding('identity')?.detail).toContain('assumed-role/image-reader/describe-image');
  });

  it.each([
    ['does not exist', role('nobody'), 8, 'EntityNotExist.Role'],
    ['does not trust the keys', role('auditor'), 8, 'NoPermission'],
    ['is not well formed', ['--role-arn', 'auditor'], 2, 'roleArn'],
  ])('is the finding that fails when it %s', async (_, argv, code, words) => {
    const { url } = await start();
    const { exitCode, finding, checksThatAre } = await doctor(url, argv);
    expect(exitCode).toBe(code);
    expect(checksThatAre('fail')).toEqual(['credentials']);
    expect(finding('credentials')?.detail).toContain(words);
    expect(checksThatAre('skipped')).toEqual([...CHAIN.slice(1), 'identity', ...NOT_TRIED]);
  });
});

describe('keys that are refused', () => {
  it.each<[string, CliSettings, string]>([
    ['a wrong secret', keys('demo-access-key-id', 'not-the-secret'), 'SignatureDoesNotMatch'],
    [
      'a key that does not exist',
      keys('demo-nonexistent-key', 'not-the-secret'),
      'InvalidAccessKeyId.NotFound',
    ],
    ['a disabled key', keys('demo-disabled-key-id', 'demo-disabled-key-secret'), 'Inactive'],
    ['an expired token', keys('STS.expired-key-id', 'not-the-secret', TOKEN), 'InvalidSecurityToken.Expired'],
  ])('ends with 8 for %s, and tries nothing further', async (_, settings, code) => {
    const expired = {
      accessKeyId: 'STS.expired-key-id',
      accessKeySecret: 'not-the-secret',
      securityToken: TOKEN,
      expiresAt: '-1h',
    };
    const { url, requests } = await start({ keys: [...(demoSeed.keys ?? []), expired] });
    const { exitCode, finding, checksThatAre } = await doctor(url, [], settings);
    expect(exitCode).toBe(8);
    expect(checksThatAre('fail')).toEqual(['identity']);
    expect(finding('identity')?.detail).toContain(code);
    expect(checksThatAre('skipped')).toEqual([...CHAIN.slice(1), ...NOT_TRIED]);
    expect(requests.filter(({ operation }) => operation?.startsWith('Describe'))).toEqual([]);
  });
});

describe('the clock', () => {
  it.each([
    ['warns of a clock that is 2 minutes slow', 120_000, ' s ahead: more than 15 minutes would', 'warn'],
    ['warns of a clock that is 2 minutes fast', -120_000, ' s behind: more than 15 minutes would', 'warn'],
    [
      'warns of a clock beyond what is accepted, which the client makes up for',
      1_200_000,
      ' s ahead: beyond 15 minutes',
      'warn',
    ],
    ['has no quarrel with a second', 1_000, 'the same', 'ok'],
  ])('%s', async (_, skewMs, words, state) => {
    const emulator = await start();
    emulator.clock.advance(skewMs);
    const { exitCode, finding } = await doctor(emulator.url);
    expect(exitCode).toBe(0);
    expect(finding('clock')).toMatchObject({ state, detail: expect.stringContaining(words) });
    const { offsetMs, learntMs } = finding('clock')?.facts ?? {};
    expect(Math.abs(Number(offsetMs) - skewMs)).toBeLessThan(60_000);
    expect(learntMs !== 0).toBe(skewMs > 900_000);
  });

  it('is not known when the answer has no date', async () => {
    await using server = await answeringServer((response) => {
      response.sendDate = false;
      response.end('{}');
    });
    const { finding } = await doctor(server.url, ['--retries', '0'], { environment: NO_KEYS });
    expect(finding('clock')).toMatchObject({ state: 'skipped', detail: 'not known: the answer had no date' });
  });
});

describe('the endpoint', () => {
  it('ends with 9 when nobody answers, and says who was asked and why', async () => {
    const { url: sts } = await start();
    const server = await answeringServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const environment = { ALIBABA_CLOUD_STS_ENDPOINT: sts };
    const { exitCode, finding, checksThatAre } = await doctor(server.url, [], { environment });
    expect(exitCode).toBe(9);
    expect(checksThatAre('fail')).toEqual(['endpoint']);
    expect(finding('endpoint')?.detail).toMatch(/ECONNREFUSED; chosen: set explicitly$/);
    expect(checksThatAre('ok')).toContain('identity');
    expect(checksThatAre('skipped')).toEqual([...CHAIN.slice(1), 'clock', ...NOT_TRIED]);
  });

  it('ends with 9 when it never answers', async () => {
    const { url: sts } = await start();
    await using server = await answeringServer(() => undefined);
    const environment = { ALIBABA_CLOUD_STS_ENDPOINT: sts };
    const { exitCode, finding } = await doctor(server.url, ['--attempt-timeout', '60ms'], { environment });
    expect([exitCode, finding('endpoint')?.state]).toEqual([9, 'fail']);
  });

  it('ends with 2 for one that is none, and looks at the keys all the same', async () => {
    const { url } = await start();
    const { exitCode, document, checksThatAre } = await doctor(url, ['--endpoint', 'ftp://x']);
    expect([exitCode, document.endpoint]).toEqual([2, null]);
    expect(checksThatAre('fail')).toEqual(['endpoint']);
    expect(checksThatAre('ok')).toEqual(['credentials.environment', 'credentials', 'identity']);
  });
});

describe('the identity', () => {
  it('is only a warning when STS cannot be reached: the service itself may be', async () => {
    const { url } = await start();
    const closed = await answeringServer(() => undefined);
    await closed[Symbol.asyncDispose]();
    const environment = { ALIBABA_CLOUD_STS_ENDPOINT: closed.url };
    const { exitCode, finding, checksThatAre } = await doctor(url, ['--retries', '0'], { environment });
    expect([exitCode, checksThatAre('warn')]).toEqual([0, ['identity']]);
    expect(finding('identity')?.remedy).toContain('ALIBABA_CLOUD_STS_ENDPOINT');
    expect(checksThatAre('ok')).toEqual(expect.arrayContaining(ACTIONS));
  });
});

describe('each action', () => {
  it('ends with 5 when one is denied, with the policy that would allow it; the others are tried', async () => {
    const { url } = await start();
    const settings = keys('demo-list-only-key-id', 'demo-list-only-key-secret');
    const { exitCode, finding, checksThatAre } = await doctor(url, [], settings);
    expect(exitCode).toBe(5);
    expect(checksThatAre('fail')).toEqual(['action.DescribeImage']);
    expect(finding('action.DescribeImage')).toMatchObject({
      title: 'yundun-sas:DescribeImage',
      facts: { allowed: false, policy: { Statement: [{ Action: ['yundun-sas:DescribeImage'] }] } },
    });
    expect(finding('action.DescribeImageInstances')?.facts['allowed']).toBe(true);
  });

  it('ends with 5 under an explicit denial, and offers no policy against it', async () => {
    const { url } = await start();
    const settings = keys('demo-denied-key-id', 'demo-denied-key-secret');
    const { exitCode, finding } = await doctor(url, [], settings);
    expect(exitCode).toBe(5);
    expect(finding('action.DescribeImageInstances')).toMatchObject({
      remedy: expect.stringContaining('Remove what denies'),
      facts: { allowed: false, policy: null },
    });
    expect(finding('action.DescribeImage')).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('not tried'),
    });
  });

  it('is only a warning where no command needs it', async () => {
    const { url } = await start({
      keys: [
        { ...demoCredentials, allow: ['yundun-sas:DescribeImage', 'yundun-sas:DescribeImageInstances'] },
      ],
    });
    const { exitCode, checksThatAre } = await doctor(url);
    expect(exitCode).toBe(0);
    expect(checksThatAre('warn')).toEqual(ACTIONS.slice(2));
  });

  it.each([
    ['first', ['cri-own', '39010517']],
    ['last', ['39010517', 'cri-own']],
  ])('asks DescribeImage for an image of Container Registry, where it comes %s', async (_, instances) => {
    const { url, requests } = await start({
      registries: instances.map((instanceId) => ({
        registryType: instanceId.startsWith('cri-') ? 'acr' : 'harbor',
        regionId: 'cn-hangzhou',
        instanceId,
        repositories: [
          {
            repoId: `repo-of-${instanceId}`,
            namespace: 'shop',
            name: 'checkout',
            tags: [{ tag: '1', history: [{ at: '-1d', digest: 'a'.repeat(64) }] }],
          },
        ],
      })),
    });
    expect((await doctor(url)).exitCode).toBe(0);
    const asked = requests.filter(({ operation }) => operation === 'DescribeImage');
    expect(asked.map(({ parameters }) => parameters['ImageInstanceId'])).toEqual(['cri-own']);
  });

  it('is allowed when the answer is that there is no such image', async () => {
    const { url } = await start({ faults: [{ operation: 'DescribeImage', effect: { kind: 'no-digest' } }] });
    const { exitCode, finding } = await doctor(url);
    expect(exitCode).toBe(0);
    expect(finding('action.DescribeImage')).toMatchObject({ state: 'ok', facts: { allowed: true } });
  });

  it('ends with 6 when it is throttled, which tells neither', async () => {
    const { url } = await start({
      faults: [{ operation: 'DescribeImageInstances', effect: { kind: 'throttle' } }],
    });
    const { exitCode, finding, checksThatAre } = await doctor(url, ['--retries', '0']);
    expect(exitCode).toBe(6);
    expect(checksThatAre('fail')).toEqual(['action.DescribeImageInstances']);
    expect(finding('action.DescribeImageInstances')).toMatchObject({
      detail: expect.stringMatching(/^not known: .*Throttling\.User/),
      facts: { allowed: null },
    });
    expect(finding('inventory')?.detail).toContain('not tried');
  });

  it('ends with 10 when the service fails', async () => {
    const { url } = await start({
      faults: [{ operation: 'DescribeImage', effect: { kind: 'html' } }],
    });
    const { exitCode, finding } = await doctor(url, ['--retries', '0']);
    expect([exitCode, finding('action.DescribeImage')?.state]).toEqual([10, 'fail']);
  });
});

it('ends with 4 for an empty inventory, says what that usually means, and does not try DescribeImage', async () => {
  const { url } = await start({ registries: [] });
  const { exitCode, finding } = await doctor(url);
  expect(exitCode).toBe(4);
  expect(finding('inventory')).toMatchObject({
    state: 'fail',
    detail: expect.stringMatching(/edition.*site.*synchronised/),
    remedy: expect.stringContaining('--region ap-southeast-1'),
  });
  expect(finding('action.DescribeImage')).toMatchObject({
    state: 'skipped',
    detail: expect.stringContaining('not tried'),
  });
});

it('ends with 130 when it is interrupted, and prints no half of a diagnosis', async () => {
  const interruption = new AbortController();
  await using server = await answeringServer((response, _request, number) => {
    if (number === 1) response.end('{}');
    else interruption.abort();
  });
  const answer = await runCli(server.url, ['doctor'], { signal: interruption.signal });
  expect(answer).toEqual({ exitCode: 130, stdout: '', stderr: 'error: interrupted\n' });
});

describe('text', () => {
  it('marks each finding with a sign and a word, not by colour alone, and ends with the verdict', async () => {
    const { url } = await start();
    const settings = keys('demo-list-only-key-id', 'demo-list-only-key-secret');
    const { exitCode, stdout, stderr } = await runCli(url, ['doctor'], settings);
    expect([exitCode, stderr]).toEqual([5, '']);
    for (const secret of SECRETS) expect(stdout).not.toContain(secret);
    expect(stdout).toMatch(
      /^✓ ok {7}environment variables +demo\*\*\*y-id from ALIBABA_CLOUD_ACCESS_KEY_ID$/m,
    );
    expect(stdout).toMatch(/^- skipped {2}OIDC \(RRSA\) +not tried: environment variables came first$/m);
    expect(stdout).toMatch(
      /^✗ FAIL {5}yundun-sas:DescribeImage +denied: .*\n +→ Allow .*\n +\{"Version":"1"/m,
    );
    expect(stdout).toMatch(/^! warn {5}yundun-sas:DescribeImageCriteria /m);
    expect(stdout).toMatch(/\n\n.*: 8 ok, 1 warn, 1 fail, 5 skipped \(exit code 5\)\.\n$/);
    expect(stdout).not.toContain('\u001b[');
  });

  it('gives a remedy that many findings wait for once', async () => {
    const { url } = await start();
    const { stdout } = await runCli(url, ['doctor'], { environment: NO_KEYS });
    expect(stdout.match(/→ Set ALIBABA_CLOUD_ACCESS_KEY_ID/g)).toHaveLength(1);
    expect(stdout.match(/→ First mend "keys in use"/g)).toHaveLength(1);
  });
});
