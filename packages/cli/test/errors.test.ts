import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answeringServer, REQUEST_ID, refuse } from './answering-server.ts';
import { CHECKOUT_IDS } from './demo-image.ts';
import { runCli } from './run-cli.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());
const keys = (id: string, secret: string) => ({
  environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret },
});

it('ends with 8 for a wrong secret, and says what tells where it comes from', async () => {
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

it('ends with 8 for a disabled key', async () => {
  const settings = keys('demo-disabled-key-id', 'demo-disabled-key-secret');
  expect((await runCli(emulator.url, ['images'], settings)).exitCode).toBe(8);
});

it('ends with 8 without keys, and lists every step that was tried with its reason', async () => {
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
    '  Where the keys come from, and whether they are good: describe-image doctor',
  ]);
});

it('ends with 8 for half a pair of keys, and names the variable that is missing', async () => {
  const settings = { environment: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined } };
  const { exitCode, stderr } = await runCli(emulator.url, ['images'], settings);
  expect(exitCode).toBe(8);
  expect(stderr).toContain(
    'failed: ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not',
  );
  expect(stderr).toContain('  Set ALIBABA_CLOUD_ACCESS_KEY_SECRET, or unset ALIBABA_CLOUD_ACCESS_KEY_ID.');
});

it('ends with 5 when RAM does not allow the action, with the policy that would', async () => {
  const settings = keys('demo-list-only-key-id', 'demo-list-only-key-secret');
  const { exitCode, stderr } = await runCli(emulator.url, ['digest', ...CHECKOUT_IDS], settings);
  expect(exitCode).toBe(5);
  const policy = JSON.parse(stderr.slice(stderr.indexOf('{')));
  expect(policy).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['yundun-sas:DescribeImage'], Resource: '*' }],
  });
});

it('offers no policy against an explicit denial', async () => {
  const settings = keys('demo-denied-key-id', 'demo-denied-key-secret');
  const { exitCode, stderr } = await runCli(emulator.url, ['images'], settings);
  expect(exitCode).toBe(5);
  expect(stderr).toContain('Remove what denies yundun-sas:DescribeImageInstances');
  expect(stderr).not.toContain('{');
});

it.each<[string, number, number, string]>([
  ['throttled', 6, 400, 'Throttling.User'],
  ['a service that failed', 10, 503, 'ServiceUnavailable'],
  ['a parameter that the service refused', 2, 400, 'InvalidParameter'],
  ['a wrong clock', 8, 400, 'InvalidTimeStamp.Expired'],
  ['an expired token', 8, 400, 'InvalidSecurityToken.Expired'],
])('has an exit code for %s: %i', async (_, exitCode, status, code) => {
  await using server = await answeringServer((response) =>
    refuse(response, status, code, 'as the test says'),
  );
  const answer = await runCli(server.url, ['images', '--retries', '0']);
  expect(answer.exitCode).toBe(exitCode);
  expect(answer.stderr).toContain(`request id: ${REQUEST_ID}`);
  expect(answer.stderr).toContain(code);
});

it('ends with 10 for an answer that is not JSON', async () => {
  await using server = await answeringServer((response) => {
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end('<html><body>Bad Gateway</body></html>');
  });
  const { exitCode, stderr } = await runCli(server.url, ['images', '--retries', '0']);
  expect(exitCode).toBe(10);
  expect(stderr).toContain('502');
});

it('retries as often as --retries says', async () => {
  await using server = await answeringServer((response) =>
    refuse(response, 503, 'ServiceUnavailable', 'later'),
  );
  const { stderr } = await runCli(server.url, ['images', '--retries', '1']);
  expect(server.count).toBe(2);
  expect(stderr).toContain('after 2 attempts');
});

it('ends with 9 when nobody answers', async () => {
  const { url } = await closedServer();
  const { exitCode, stderr } = await runCli(url, ['images', '--retries', '0']);
  expect(exitCode).toBe(9);
  expect(stderr).toContain('ECONNREFUSED');
});

it('ends with 9 when the time is up', async () => {
  await using server = await answeringServer(() => undefined);
  const { exitCode, stderr } = await runCli(server.url, ['images', '--timeout', '60ms', '--retries', '0']);
  expect(exitCode).toBe(9);
  expect(stderr).toContain('--timeout');
});

it('ends with 130 when it is interrupted, in the middle of a call', async () => {
  const interruption = new AbortController();
  await using server = await answeringServer(() => interruption.abort());
  const { exitCode, stderr } = await runCli(server.url, ['images'], { signal: interruption.signal });
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'error: interrupted\n' });
});

it('ends with 1 for a bug, in one line, with its stack only when asked', async () => {
  const { main } = await import('../src/main.ts');
  const run = async (...argv: string[]) => {
    let stderr = '';
    const exitCode = await main(['images', ...argv], {
      stdout: { write: () => true },
      stderr: { write: (text) => (stderr += text) },
      environment: {},
      createClient: () => {
        throw new RangeError('unforeseen');
      },
    });
    return { exitCode, stderr };
  };
  const quiet = await run();
  expect(quiet.exitCode).toBe(1);
  expect(quiet.stderr).toMatch(/^error: RangeError: unforeseen\n {2}This is a bug/);
  expect(quiet.stderr).not.toContain(' at ');
  expect((await run('--verbose')).stderr).toMatch(/\n +at .*errors\.test/);
});

it.each<[string, readonly string[], RegExp]>([
  ['a command that does not exist', ['imges'], /Did you mean images\?/],
  ['an option that does not exist', ['images', '--limt', '3'], /Did you mean --limit\?/],
  ['a format that does not exist', ['images', '--output', 'xml'], /table, tsv, json, ndjson/],
  ['a limit of nothing', ['images', '--limit', '0'], /--limit: wanted a whole number from 1, got "0"/],
  ['a timeout that is not one', ['images', '--timeout', 'soon'], /--timeout: wanted a duration/],
  ['an endpoint that is not one', ['images', '--endpoint', 'ftp://x'], /endpoint: wanted a host/],
  ['no command', [], /^Usage: describe-image/],
])('ends with 2 for %s, and says what there is', async (_, argv, words) => {
  const { exitCode, stdout, stderr } = await runCli(emulator.url, argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(words);
});

it('strips what a terminal would obey from the words of the service', async () => {
  await using server = await answeringServer((response) =>
    refuse(response, 400, 'InvalidParameter', 'bad \u001b[2Jvalue\u009b31m'),
  );
  const { stderr } = await runCli(server.url, ['images']);
  expect(stderr).toContain('bad value');
  expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
});

async function closedServer(): Promise<{ readonly url: string }> {
  const server = await answeringServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return server;
}
