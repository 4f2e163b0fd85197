import { createEmulator, demoCredentials, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT_DIGEST, CHECKOUT_IDS } from './demo-image.ts';
import { aliyunConfig, homeWith, NO_KEYS } from './home-directory.ts';
import { type CliSettings, runCli } from './run-cli.ts';

const AUDITOR = 'acs:ram::1234567890123456:role/auditor';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());
const run = (argv: readonly string[], settings: CliSettings = {}) => runCli(emulator.url, argv, settings);
const signers = () => emulator.requests.map(({ operation, accessKeyId }) => [operation, accessKeyId]);
const demo = {
  access_key_id: demoCredentials.accessKeyId,
  access_key_secret: demoCredentials.accessKeySecret,
};
const listOnly = {
  access_key_id: 'demo-list-only-key-id',
  access_key_secret: 'demo-list-only-key-secret',
};

it.each<[string, readonly string[], Record<string, string>, string]>([
  ['the region of the profile', [], {}, 'tds.ap-southeast-1.aliyuncs.com'],
  ['--region', ['--region', 'cn-hangzhou'], {}, 'tds.cn-shanghai.aliyuncs.com'],
  ['ALIBABA_CLOUD_REGION_ID', [], { ALIBABA_CLOUD_REGION_ID: 'cn-beijing' }, 'tds.cn-shanghai.aliyuncs.com'],
])('selects the site by %s', async (_, argv, variables, host) => {
  const home = homeWith(aliyunConfig({ name: 'dev', mode: 'AK', region_id: 'ap-southeast-1', ...demo }));
  const environment = { ...NO_KEYS, DESCRIBE_IMAGE_ENDPOINT: undefined, ...variables };
  const { stdout } = await run(['explain', 'images', '-o', 'json', ...argv], { ...home, environment });
  expect(JSON.parse(stdout).endpoint).toBe(host);
});

describe('--profile', () => {
  const profiles = () =>
    homeWith(aliyunConfig({ name: 'dev', mode: 'AK', ...listOnly }, { name: 'prod', mode: 'AK', ...demo }));

  it('uses the keys of the profile rather than those of the environment', async () => {
    const environment = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' };
    const answer = await run(['digest', ...CHECKOUT_IDS, '--profile', 'prod'], {
      ...profiles(),
      environment,
    });
    expect(answer).toEqual({ exitCode: 0, stdout: `${CHECKOUT_DIGEST}\n`, stderr: '' });
  });

  it('defaults to ALIBABA_CLOUD_PROFILE, then to the current profile', async () => {
    await run(['images', '--limit', '1'], { ...profiles(), environment: NO_KEYS });
    await run(['images', '--limit', '1'], {
      ...profiles(),
      environment: { ...NO_KEYS, ALIBABA_CLOUD_PROFILE: 'prod' },
    });
    expect(signers()).toEqual([
      ['DescribeImageInstances', 'demo-list-only-key-id'],
      ['DescribeImageInstances', 'demo-access-key-id'],
    ]);
  });

  it('exits with 8 for an unknown profile and tries no other source', async () => {
    const { exitCode, stderr } = await run(['images', '--profile', 'gone'], profiles());
    expect(exitCode).toBe(8);
    expect(stderr).toContain('has no profile "gone"');
    expect(stderr).not.toContain('environment variables');
    expect(emulator.requests).toEqual([]);
  });

  it('runs the program of an External profile only with --allow-process', async () => {
    const script = `console.log(JSON.stringify(${JSON.stringify({ mode: 'AK', ...demo })}))`;
    const command = `'${process.execPath}' -e '${script}'`;
    const home = homeWith(aliyunConfig({ name: 'ext', mode: 'External', process_command: command }));
    const argv = ['digest', ...CHECKOUT_IDS, '--profile', 'ext'];
    const refused = await run(argv, home);
    expect([refused.exitCode, refused.stdout]).toEqual([8, '']);
    expect(refused.stderr).toContain('runs a program, which is not allowed here');
    expect((await run([...argv, '--allow-process'], home)).stdout).toBe(`${CHECKOUT_DIGEST}\n`);
  });
});

describe('--role-arn', () => {
  it('assumes the role once per command, with session name and external id', async () => {
    const role = [
      '--role-arn',
      AUDITOR,
      '--role-session-name',
      'audit-7',
      '--external-id',
      'demo-external-id',
    ];
    const { exitCode } = await run(['digest', 'shop/checkout:1.4.2', ...role]);
    expect(exitCode).toBe(0);
    const [assumed, ...calls] = emulator.requests;
    expect(assumed).toMatchObject({
      operation: 'AssumeRole',
      accessKeyId: demoCredentials.accessKeyId,
      parameters: { RoleArn: AUDITOR, RoleSessionName: 'audit-7', ExternalId: 'demo-external-id' },
    });
    expect(calls.map(({ operation }) => operation)).toEqual(['DescribeImageInstances', 'DescribeImage']);
    for (const { accessKeyId } of calls) expect(accessKeyId).toMatch(/^STS\./);
  });

  it('exits with 8 when STS denies AssumeRole and names the action to allow', async () => {
    const { exitCode, stderr } = await run(['images', '--role-arn', AUDITOR]);
    expect(exitCode).toBe(8);
    expect(stderr).toContain('AssumeRole: NoPermission');
    expect(stderr).toContain('sts:AssumeRole');
  });

  it.each([
    ['an invalid role', ['--role-arn', 'auditor'], '--role-arn'],
    ['an external id without a role', ['--external-id', 'x1'], '--external-id requires --role-arn'],
    [
      'a session name without a role',
      ['--role-session-name', 'me'],
      '--role-session-name requires --role-arn',
    ],
  ])('exits with 2 for %s and sends no request', async (_, argv, message) => {
    const { exitCode, stderr } = await run(['images', ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(emulator.requests).toEqual([]);
  });
});

it('uses the role of an ECS instance', async () => {
  const answer = await run(['digest', ...CHECKOUT_IDS], {
    environment: { ...NO_KEYS, ALIBABA_CLOUD_ECS_METADATA_DISABLED: undefined },
    credentialHost: { metadataOrigin: emulator.metadataUrl },
  });
  expect(answer).toEqual({ exitCode: 0, stdout: `${CHECKOUT_DIGEST}\n`, stderr: '' });
});

it('uses the keys from a credentials URI', async () => {
  const environment = { ...NO_KEYS, ALIBABA_CLOUD_CREDENTIALS_URI: emulator.credentialsUri };
  expect((await run(['digest', ...CHECKOUT_IDS], { environment })).stdout).toBe(`${CHECKOUT_DIGEST}\n`);
});
