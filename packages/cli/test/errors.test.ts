import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT_IDS } from './demo-image.ts';
import { runCli } from './run-cli.ts';
import { REQUEST_ID, scriptedServer, sendError } from './scripted-server.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());
const keys = (id: string, secret: string) => ({
  environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret },
});

it('exits with 8 for a wrong secret and refers to doctor', async () => {
  const { exitCode, stdout, stderr } = await runCli(
    emulator.url,
    ['images'],
    keys('demo-access-key-id', 'wrong'),
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' });
  expect(stderr).toMatch(/^error: .*SignatureDoesNotMatch/);
  expect(stderr).toMatch(/request id: [0-9A-F-]{36}\n/);
  expect(stderr).toContain('describe-image doctor');
});

it('exits with 8 for a disabled key', async () => {
  const settings = keys('demo-disabled-key-id', 'demo-disabled-key-secret');
  expect((await runCli(emulator.url, ['images'], settings)).exitCode).toBe(8);
});

it('exits with 8 without keys and lists every step of the chain with its reason', async () => {
  const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
  const { exitCode, stdout, stderr } = await runCli(emulator.url, ['images'], { environment });
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' });
  expect(stderr.split('\n').slice(0, 9)).toEqual([
    'error: no credentials; what was tried, in order:',
    '  - environment variables: skipped: ALIBABA_CLOUD_ACCESS_KEY_ID is not set',
    '  - OIDC (RRSA): skipped: ALIBABA_CLOUD_ROLE_ARN is not set',
    '  - aliyun CLI profile: skipped: /no/home/.aliyun/config.json: does not exist',
    '  - shared credentials file: skipped: /no/home/.alibabacloud/credentials: does not exist',
    '  - ECS instance role: skipped: switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED',
    '  - credentials URI: skipped: ALIBABA_CLOUD_CREDENTIALS_URI is not set',
    '  Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run "aliyun configure".',
    '  To check the keys, run: describe-image doctor',
  ]);
});

it('exits with 8 for an incomplete key pair and names the missing variable', async () => {
  const settings = { environment: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined } };
  const { exitCode, stderr } = await runCli(emulator.url, ['images'], settings);
  expect(exitCode).toBe(8);
  expect(stderr).toContain(
    'failed: ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not',
  );
  expect(stderr).toContain('  Set ALIBABA_CLOUD_ACCESS_KEY_SECRET, or unset ALIBABA_CLOUD_ACCESS_KEY_ID.');
});

it('exits with 5 when RAM denies the action and prints the policy that allows it', async () => {
  const settings = keys('demo-list-only-key-id', 'demo-list-only-key-secret');
  const { exitCode, stderr } = await runCli(emulator.url, ['digest', ...CHECKOUT_IDS], settings);
  expect(exitCode).toBe(5);
  const policy = JSON.parse(stderr.slice(stderr.indexOf('{')));
  expect(policy).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['yundun-sas:DescribeImage'], Resource: '*' }],
  });
});

it('prints no policy for an explicit denial', async () => {
  const settings = keys('demo-denied-key-id', 'demo-denied-key-secret');
  const { exitCode, stderr } = await runCli(emulator.url, ['images'], settings);
  expect(exitCode).toBe(5);
  expect(stderr).toContain('Remove the statement that denies yundun-sas:DescribeImageInstances');
  expect(stderr).not.toContain('{');
});

it.each<[string, number, number, string]>([
  ['throttling', 6, 400, 'Throttling.User'],
  ['a service failure', 10, 503, 'ServiceUnavailable'],
  ['a parameter that the service rejects', 2, 400, 'InvalidParameter'],
  ['a wrong clock', 8, 400, 'InvalidTimeStamp.Expired'],
  ['an expired token', 8, 400, 'InvalidSecurityToken.Expired'],
])('for %s exits with %i', async (_, exitCode, status, code) => {
  await using server = await scriptedServer((response) =>
    sendError(response, status, code, 'message of the test'),
  );
  const answer = await runCli(server.url, ['images', '--retries', '0']);
  expect(answer.exitCode).toBe(exitCode);
  expect(answer.stderr).toContain(`request id: ${REQUEST_ID}`);
  expect(answer.stderr).toContain(code);
});

it('exits with 10 for a response that is not JSON', async () => {
  await using server = await scriptedServer((response) => {
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end('<html><body>Bad Gateway</body></html>');
  });
  const { exitCode, stderr } = await runCli(server.url, ['images', '--retries', '0']);
  expect(exitCode).toBe(10);
  expect(stderr).toContain('502');
});

it('retries as often as --retries allows', async () => {
  await using server = await scriptedServer((response) =>
    sendError(response, 503, 'ServiceUnavailable', 'later'),
  );
  const { stderr } = await runCli(server.url, ['images', '--retries', '1']);
  expect(server.count).toBe(2);
  expect(stderr).toContain('after 2 attempts');
});

it('exits with 9 when the connection is refused', async () => {
  const { url } = await closedServer();
  const { exitCode, stderr } = await runCli(url, ['images', '--retries', '0']);
  expect(exitCode).toBe(9);
  expect(stderr).toContain('ECONNREFUSED');
});

it('exits with 9 when --timeout passes', async () => {
  await using server = await scriptedServer(() => undefined);
  const { exitCode, stderr } = await runCli(server.url, ['images', '--timeout', '60ms', '--retries', '0']);
  expect(exitCode).toBe(9);
  expect(stderr).toContain('--timeout');
});

it('exits with 130 when a call is aborted', async () => {
  const interruption = new AbortController();
  await using server = await scriptedServer(() => interruption.abort());
  const { exitCode, stderr } = await runCli(server.url, ['images'], { signal: interruption.signal });
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'error: interrupted\n' });
});

it('exits with 1 for a bug and prints the stack only with --verbose', async () => {
  const { main } = await import('../src/main.ts');
  const run = async (...argv: string[]) => {
    let stderr = '';
    const exitCode = await main(['images', ...argv], {
      stdout: { write: () => true },
      stderr: { write: (text) => (stderr += text) },
      environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret' },
      createClient: () => {
        throw new RangeError('unexpected');
      },
    });
    return { exitCode, stderr };
  };
  const quiet = await run();
  expect(quiet.exitCode).toBe(1);
  expect(quiet.stderr).toMatch(/^error: RangeError: unexpected\n {2}This is a bug/);
  expect(quiet.stderr).not.toContain(' at ');
  expect((await run('--verbose')).stderr).toMatch(/\n +at .*errors\.test/);
});

it.each<[string, readonly string[], RegExp]>([
  ['an unknown command', ['imges'], /Did you mean images\?/],
  ['an unknown option', ['images', '--limt', '3'], /Did you mean --limit\?/],
  ['an unknown output format', ['images', '--output', 'xml'], /table, tsv, json, ndjson/],
  ['a limit of 0', ['images', '--limit', '0'], /--limit: expected a whole number from 1, got "0"/],
  ['an invalid timeout', ['images', '--timeout', 'soon'], /--timeout: expected a duration/],
  ['an invalid endpoint', ['images', '--endpoint', 'ftp://x'], /endpoint/],
  ['no command', [], /^Usage: describe-image/],
])('exits with 2 for %s and prints the valid values', async (_, argv, message) => {
  const { exitCode, stdout, stderr } = await runCli(emulator.url, argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

it.each<readonly string[]>([
  ['images', '--region', ''],
  ['images', '--repo-name='],
  ['digest', 'shop/checkout:1.4.2', '--instance', ' '],
  ['images', '--limit', ''],
])('exits with 2 for an empty value: %s %s %s', async (...argv) => {
  emulator.reset();
  const { exitCode, stdout, stderr } = await runCli(emulator.url, argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^error: --[a-z-]+: expected a value, got " ?"\n {2}Give a value, or leave out --/);
  expect(emulator.requests).toEqual([]);
});

it.each([
  ['--region', 'hangzhou', 'cn-hangzhou'],
  ['--image-region', 'cn_shanghai', 'cn-shanghai'],
])('exits with 2 for %s %s and suggests %s', async (flag, region, nearest) => {
  const { exitCode, stderr } = await runCli(emulator.url, ['images', flag, region]);
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    `error: ${flag}: expected a region id such as cn-hangzhou, got "${region}"\n  Did you mean ${flag} ${nearest}?\n`,
  );
});

it('warns about a region that is not documented and suggests the nearest one', async () => {
  const { exitCode, stderr } = await runCli(emulator.url, ['images', '--region', 'cn-hangzou']);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    'warning: --region cn-hangzou is not a documented region; did you mean cn-hangzhou?\n',
  );
});

it.each([
  ['an unknown command', ['help', 'imges'], /^error: unknown command 'imges'\n\(Did you mean images\?\)/],
  ['no command', ['help', 'nothing'], /^error: unknown command 'nothing'/],
])('help exits with 2 for %s', async (_, argv, message) => {
  const { exitCode, stdout, stderr } = await runCli(emulator.url, argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

it('help prints the help of a command', async () => {
  const { exitCode, stdout } = await runCli(emulator.url, ['help', 'images']);
  expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'Usage: describe-image images [options]']);
});

it.each([
  ['--timeout', ['images', '--timeout', '999999999s'], '--timeout: must be a whole number'],
  ['--retries', ['images', '--retries', '101'], '--retries: must be a whole number'],
  ['--endpoint', ['images', '--endpoint', 'ftp://x'], '--endpoint: must be a host'],
  ['--network', ['images', '--network', 'vpc'], '--network vpc: requires a region'],
])('names the flag %s of an invalid value', async (_, argv, message) => {
  const environment = { DESCRIBE_IMAGE_ENDPOINT: undefined };
  const { exitCode, stderr } = await runCli(emulator.url, argv, { environment });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`error: ${message}`);
  expect(stderr).not.toMatch(/TimeoutMs|maxRetries|omit network/);
});

it('suggests http:// for an endpoint without a scheme that answers plain HTTP', async () => {
  const { host } = new URL(emulator.url);
  const { exitCode, stderr } = await runCli(emulator.url, ['images', '--endpoint', host, '--retries', '0']);
  expect(exitCode).toBe(9);
  expect(stderr).toContain(`use --endpoint http://${host}\n`);
});

describe('errors with --output json', () => {
  const errorOf = async (argv: readonly string[]) => {
    const { exitCode, stdout, stderr } = await runCli(emulator.url, argv);
    expect(stdout).toBe('');
    expect(stderr.split('\n')).toHaveLength(2);
    const { schemaVersion, error } = JSON.parse(stderr);
    expect([schemaVersion, error.exitCode]).toEqual([1, exitCode]);
    return error;
  };

  it('contain the code, the request id and the remedy', async () => {
    expect(await errorOf(['digest', 'shop/nothing:1', '-o', 'json'])).toMatchObject({
      code: 'NotFound',
      exitCode: 4,
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      endpoint: new URL(emulator.url).host,
      message: expect.stringContaining('shop/nothing:1'),
      remedy: expect.stringContaining('synchronised'),
      causes: [],
    });
  });

  it('contain the candidates of an ambiguous reference with their flags', async () => {
    const { candidates } = await errorOf(['digest', 'shop/checkout:1.4.1', '--output=json']);
    expect(candidates).toHaveLength(2);
    expect(candidates[0]).toMatchObject({
      flags: expect.stringMatching(/^--instance cri-\w+ --repo crr-\w+$/),
      regionId: expect.any(String),
      digest: expect.stringMatching(/^sha256:/),
    });
  });

  it('contain the causes of a network error', async () => {
    const { url } = await closedServer();
    const { code, causes } = await errorOf(['images', '-ojson', '--endpoint', url, '--retries', '0']);
    expect([code, causes[0].code]).toEqual(['Network', 'ECONNREFUSED']);
  });

  it.each([
    ['an unknown option', ['images', '--limt', '3', '-o', 'json'], /unknown option '--limt'/],
    ['an empty value', ['images', '--region', '', '-o', 'json'], /^--region: expected a value/],
    ['a reference with --tag', ['digest', 'a:1', '--tag', '1', '-o', 'json'], /^--tag cannot/],
  ])('report %s as Usage', async (_, argv, message) => {
    expect(await errorOf(argv)).toMatchObject({
      code: 'Usage',
      exitCode: 2,
      requestId: null,
      message: expect.stringMatching(message),
    });
  });
});

it('removes terminal control characters from messages of the service', async () => {
  await using server = await scriptedServer((response) =>
    sendError(response, 400, 'InvalidParameter', 'bad \u001b[2Jvalue\u009b31m'),
  );
  const { stderr } = await runCli(server.url, ['images']);
  expect(stderr).toContain('bad value');
  expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
});

async function closedServer(): Promise<{ readonly url: string }> {
  const server = await scriptedServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return server;
}
