import {
  createEmulator,
  demoCredentials,
  demoSeed,
  type Emulator,
  type Seed,
} from '@describe-image/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aliyunConfig, homeWith, NO_KEYS } from './home-directory.ts';
import { type CliSettings, runCli } from './run-cli.ts';
import { scriptedServer } from './scripted-server.ts';

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
  'DescribeImageVulList',
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

/** Runs doctor and parses its JSON. Asserts on every run that the output contains no secret and each finding has a remedy. */
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

it('doctor exits with 0 when every check passes', async () => {
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

describe('doctor: credential chain', () => {
  it('reports which step provided the keys and why the others did not', async () => {
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

  it('exits with 8 without keys, checks endpoint and clock, and skips the rest', async () => {
    const { url } = await start();
    const { exitCode, finding, checksThatAre } = await doctor(url, [], { environment: NO_KEYS });
    expect(exitCode).toBe(8);
    expect(checksThatAre('fail')).toEqual(['credentials']);
    expect(checksThatAre('ok')).toEqual(['endpoint', 'clock']);
    expect(checksThatAre('skipped')).toEqual([...CHAIN, 'identity', ...NOT_TRIED]);
    expect(finding('credentials')?.remedy).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID');
    expect(finding('identity')?.detail).toBe('not tried: keys in use failed');
  });

  it('exits with 8 for a broken configuration file and quotes nothing from it', async () => {
    const { url } = await start();
    const home = homeWith({ '.aliyun/config.json': `{"profiles":[{"access_key_secret":"not-the-secret",]}` });
    const { exitCode, finding } = await doctor(url, [], { ...home, environment: NO_KEYS });
    expect(exitCode).toBe(8);
    expect(finding('credentials.cli-profile')).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('config.json, line 1'),
      remedy: expect.stringContaining('Correct the file'),
    });
    expect(finding('credentials')?.detail).toContain('aliyun CLI profile is configured but provided no keys');
  });

  it('reports a broken step as a warning when a later step provides keys', async () => {
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

  it('reports the role of an ECS instance and its expiration', async () => {
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

it('doctor exits with 8 when the configured metadata service does not answer, with the remedy for machines outside ECS', async () => {
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

describe('doctor: --role-arn', () => {
  const role = (name: string) => ['--role-arn', `acs:ram::1234567890123456:role/${name}`];

  it('checks everything with the credentials of the role', async () => {
    const { url } = await start();
    const { exitCode, finding } = await doctor(url, role('image-reader'));
    expect(exitCode).toBe(0);
    expect(finding('credentials')?.detail).toMatch(/^temporary key STS\.\*\*\*\w{4} of the role acs:ram/);
    expect(finding('identity')?.detail).toContain('assumed-role/image-reader/describe-image');
  });

  it.each([
    ['does not exist', role('missing'), 8, 'EntityNotExist.Role'],
    ['does not trust the keys', role('auditor'), 8, 'NoPermission'],
    ['is not well formed', ['--role-arn', 'auditor'], 2, '--role-arn'],
  ])('fails the check of the keys when the role %s', async (_, argv, code, message) => {
    const { url } = await start();
    const { exitCode, finding, checksThatAre } = await doctor(url, argv);
    expect(exitCode).toBe(code);
    expect(checksThatAre('fail')).toEqual(['credentials']);
    expect(finding('credentials')?.detail).toContain(message);
    expect(checksThatAre('skipped')).toEqual([...CHAIN.slice(1), 'identity', ...NOT_TRIED]);
  });
});

describe('doctor: rejected keys', () => {
  it.each<[string, CliSettings, string]>([
    ['a wrong secret', keys('demo-access-key-id', 'not-the-secret'), 'SignatureDoesNotMatch'],
    [
      'a key that does not exist',
      keys('demo-nonexistent-key', 'not-the-secret'),
      'InvalidAccessKeyId.NotFound',
    ],
    ['a disabled key', keys('demo-disabled-key-id', 'demo-disabled-key-secret'), 'Inactive'],
    ['an expired token', keys('STS.expired-key-id', 'not-the-secret', TOKEN), 'InvalidSecurityToken.Expired'],
  ])('exits with 8 for %s and skips the remaining checks', async (_, settings, code) => {
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

describe('doctor: clock', () => {
  it.each([
    ['warns about a clock that is 2 minutes slow', 120_000, ' s ahead; the service rejects', 'warn'],
    ['warns about a clock that is 2 minutes fast', -120_000, ' s behind; the service rejects', 'warn'],
    [
      'warns about a clock that is 20 minutes slow, which the client corrects',
      1_200_000,
      ' s ahead; the service rejects more than 15 minutes, so',
      'warn',
    ],
    ['accepts a difference of one second', 1_000, 'within 5 s', 'ok'],
  ])('%s', async (_, skewMs, message, state) => {
    const emulator = await start();
    emulator.clock.advance(skewMs);
    const { exitCode, finding } = await doctor(emulator.url);
    expect(exitCode).toBe(0);
    expect(finding('clock')).toMatchObject({ state, detail: expect.stringContaining(message) });
    expect(Math.abs(Number(finding('clock')?.facts['offsetMs']) - skewMs)).toBeLessThan(60_000);
    expect(finding('action.DescribeImageInstances')?.state).toBe('ok');
  });

  it('is unknown when the response has no Date header', async () => {
    await using server = await scriptedServer((response) => {
      response.sendDate = false;
      response.end('{}');
    });
    const { finding } = await doctor(server.url, ['--retries', '0'], { environment: NO_KEYS });
    expect(finding('clock')).toMatchObject({
      state: 'skipped',
      detail: 'unknown: the response has no Date header',
    });
  });
});

describe('doctor: endpoint', () => {
  it('exits with 9 when the connection is refused and prints why this endpoint was chosen', async () => {
    const { url: sts } = await start();
    const server = await scriptedServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const environment = { ALIBABA_CLOUD_STS_ENDPOINT: sts };
    const { exitCode, finding, checksThatAre } = await doctor(server.url, [], { environment });
    expect(exitCode).toBe(9);
    expect(checksThatAre('fail')).toEqual(['endpoint']);
    expect(finding('endpoint')?.detail).toMatch(/ECONNREFUSED; chosen: set explicitly$/);
    expect(checksThatAre('ok')).toContain('identity');
    expect(checksThatAre('skipped')).toEqual([...CHAIN.slice(1), 'clock', ...NOT_TRIED]);
  });

  it('exits with 9 when the endpoint does not answer', async () => {
    const { url: sts } = await start();
    await using server = await scriptedServer(() => undefined);
    const environment = { ALIBABA_CLOUD_STS_ENDPOINT: sts };
    const { exitCode, finding } = await doctor(server.url, ['--attempt-timeout', '60ms'], { environment });
    expect([exitCode, finding('endpoint')?.state]).toEqual([9, 'fail']);
  });

  it('exits with 2 for an invalid endpoint and still checks the keys', async () => {
    const { url } = await start();
    const { exitCode, document, checksThatAre } = await doctor(url, ['--endpoint', 'ftp://x']);
    expect([exitCode, document.endpoint]).toEqual([2, null]);
    expect(checksThatAre('fail')).toEqual(['endpoint']);
    expect(checksThatAre('ok')).toEqual(['credentials.environment', 'credentials', 'identity']);
  });
});

describe('doctor: identity', () => {
  it('is a warning when STS cannot be reached', async () => {
    const { url } = await start();
    const closed = await scriptedServer(() => undefined);
    await closed[Symbol.asyncDispose]();
    const environment = { ALIBABA_CLOUD_STS_ENDPOINT: closed.url };
    const { exitCode, finding, checksThatAre } = await doctor(url, ['--retries', '0'], { environment });
    expect([exitCode, checksThatAre('warn')]).toEqual([0, ['identity']]);
    expect(finding('identity')?.remedy).toContain('ALIBABA_CLOUD_STS_ENDPOINT');
    expect(checksThatAre('ok')).toEqual(expect.arrayContaining(ACTIONS));
  });
});

describe('doctor: actions', () => {
  it('exits with 5 for a denied action, prints the policy that allows it, and tries the others', async () => {
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

  it('exits with 5 for an explicit denial and prints no policy', async () => {
    const { url } = await start();
    const settings = keys('demo-denied-key-id', 'demo-denied-key-secret');
    const { exitCode, finding } = await doctor(url, [], settings);
    expect(exitCode).toBe(5);
    expect(finding('action.DescribeImageInstances')).toMatchObject({
      remedy: expect.stringContaining('Remove the statement that denies'),
      facts: { allowed: false, policy: null },
    });
    expect(finding('action.DescribeImage')).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('not tried'),
    });
  });

  it('reports a denied action that no command needs as a warning', async () => {
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
  ])('calls DescribeImage with an image of Container Registry when it is listed %s', async (_, instances) => {
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

  it('reports an action as allowed when the image does not exist', async () => {
    const { url } = await start({ faults: [{ operation: 'DescribeImage', effect: { kind: 'no-digest' } }] });
    const { exitCode, finding } = await doctor(url);
    expect(exitCode).toBe(0);
    expect(finding('action.DescribeImage')).toMatchObject({ state: 'ok', facts: { allowed: true } });
  });

  it('exits with 6 when the action is throttled, and reports the permission as unknown', async () => {
    const { url } = await start({
      faults: [{ operation: 'DescribeImageInstances', effect: { kind: 'throttle' } }],
    });
    const { exitCode, finding, checksThatAre } = await doctor(url, ['--retries', '0']);
    expect(exitCode).toBe(6);
    expect(checksThatAre('fail')).toEqual(['action.DescribeImageInstances']);
    expect(finding('action.DescribeImageInstances')).toMatchObject({
      detail: expect.stringMatching(/^unknown: .*Throttling\.User/),
      facts: { allowed: null },
    });
    expect(finding('inventory')?.detail).toContain('not tried');
  });

  it('exits with 10 when the service fails', async () => {
    const { url } = await start({
      faults: [{ operation: 'DescribeImage', effect: { kind: 'html' } }],
    });
    const { exitCode, finding } = await doctor(url, ['--retries', '0']);
    expect([exitCode, finding('action.DescribeImage')?.state]).toEqual([10, 'fail']);
  });
});

it('doctor exits with 4 for an empty inventory, prints the usual causes, and does not call DescribeImage', async () => {
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

describe('doctor: interruption', () => {
  const interrupted = async (...argv: string[]) => {
    const interruption = new AbortController();
    await using server = await scriptedServer((response, _request, number) => {
      if (number === 1) response.end('{}');
      else interruption.abort();
    });
    return await runCli(server.url, ['doctor', ...argv], { signal: interruption.signal });
  };

  it('exits with 130 and keeps the findings so far', async () => {
    const { exitCode, stdout } = await interrupted();
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/^✓ ok {7}endpoint +\S+ answers/m);
    expect(stdout).toMatch(/\n\nInterrupted before the last check: .* \(exit code 130\)\.\n$/);
  });

  it('exits with 130 and prints a complete JSON document with the findings so far', async () => {
    const { exitCode, stdout } = await interrupted('--output', 'json');
    const { verdict, findings } = JSON.parse(stdout);
    expect([exitCode, verdict]).toEqual([130, 'interrupted']);
    expect(findings.at(-1).check).toBe('clock');
  });

  it('prints the findings before a request that gets no answer', async () => {
    let shown = '';
    const before: string[] = [];
    const interruption = new AbortController();
    await using server = await scriptedServer(() => {
      before.push(shown);
      interruption.abort();
    });
    const { main } = await import('../src/main.ts');
    const { createClient } = await import('@describe-image/core');
    await main(['doctor', '--endpoint', server.url], {
      stdout: { write: (text) => (shown += text) },
      stderr: { write: () => true },
      environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret' },
      signal: interruption.signal,
      createClient,
    });
    expect(before[0]).toContain('keys in use');
  });
});

it('doctor uses the region of the profile to select the site', async () => {
  const { url } = await start();
  const { accessKeyId, accessKeySecret } = demoCredentials;
  const profile = { mode: 'AK', access_key_id: accessKeyId, access_key_secret: accessKeySecret };
  const home = homeWith(aliyunConfig({ name: 'dev', region_id: 'ap-southeast-1', ...profile }));
  const environment = {
    ...NO_KEYS,
    DESCRIBE_IMAGE_ENDPOINT: undefined,
    HTTPS_PROXY: 'http://127.0.0.1:9',
    ALIBABA_CLOUD_STS_ENDPOINT: url,
  };
  const { document } = await doctor(url, ['--retries', '0'], { ...home, environment });
  expect(document.endpoint).toBe('tds.ap-southeast-1.aliyuncs.com');
});

describe('doctor: text report', () => {
  it('marks each finding with a sign and a word and ends with the verdict', async () => {
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
      /^✗ FAIL {5}yundun-sas:DescribeImage +denied: .*\n +→ Attach .*\n +\{"Version":"1"/m,
    );
    expect(stdout).toMatch(
      /^! warn {5}yundun-sas:DescribeImageVulList .*; required only for the command vulns$/m,
    );
    expect(stdout).toMatch(/^! warn {5}yundun-sas:DescribeImageCriteria /m);
    expect(stdout).toMatch(/\n\n.*: 8 ok, 2 warn, 1 fail, 5 skipped \(exit code 5\)\.\n$/);
    expect(stdout).not.toContain('\u001b[');
  });

  it('prints a remedy shared by several skipped findings once', async () => {
    const { url } = await start();
    const { stdout } = await runCli(url, ['doctor'], { environment: NO_KEYS });
    expect(stdout.match(/→ Set ALIBABA_CLOUD_ACCESS_KEY_ID/g)).toHaveLength(1);
    expect(stdout.match(/→ Fix "keys in use" first/g)).toHaveLength(1);
  });
});
