import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { homeWith } from './home-directory.ts';
import { type CliSettings, runCli } from './run-cli.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());
const run = (args: readonly string[], settings?: CliSettings) => runCli(emulator.url, args, settings);

describe('--jq and --format', () => {
  it.each([
    ['--jq on one document', ['digest', CHECKOUT, '--jq', '.digest'], `${CHECKOUT_DIGEST}\n`],
    [
      '--jq on each line',
      ['images', '--tag', 'nightly', '--jq', '.image.tag, .image.repoName'],
      'nightly\nbase-node\n',
    ],
    ['--jq with --output json', ['images', '-o', 'json', '--jq', '.images | length'], '13\n'],
    ['--jq without results', ['images', '--jq', 'select(.image.tag == "none")'], ''],
    ['--format', ['digest', CHECKOUT, '--format', '{{tag}}\\t{{digest}}'], `1.4.2\t${CHECKOUT_DIGEST}\n`],
    [
      '--format with nested fields',
      ['images', '--tag', 'nightly', '--format', '{{image.risk.state}}'],
      'risky\n',
    ],
    [
      '--format of several references',
      ['digest', CHECKOUT, 'shop/checkout', '--format', '{{tag}}'],
      '1.4.2\nlatest\n',
    ],
    ['--jq of verify', ['verify', CHECKOUT, '--jq', '.checks[0].status'], 'unpinned\n'],
  ])('print %s', async (_, args, stdout) => {
    expect(await run(args)).toMatchObject({ exitCode: 0, stdout });
  });

  it.each([
    ['an invalid filter', ['digest', CHECKOUT, '--jq', '.['], /^error: --jq: /],
    ['an invalid template', ['digest', CHECKOUT, '--format', '{{#a}}'], /^error: --format: /],
    ['both', ['digest', CHECKOUT, '--jq', '.', '--format', 'x'], /exclude each other/],
    ['another output', ['images', '-o', 'tsv', '--jq', '.'], /--jq cannot be combined with --output tsv/],
    ['a command without JSON', ['policy', '--jq', '.'], /--jq: policy prints no JSON/],
  ])('exit with 2 for %s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

it('--quiet prints results and errors only', async () => {
  expect(await run(['images', '--quiet', '--tag', 'nightly'])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await run(['digest', 'platform/base-node:nightly', '--quiet'])).toMatchObject({ stderr: '' });
  expect((await run(['digest', 'shop/nothing:1', '--quiet'])).stderr).toMatch(/^error: /);
});

it('-V prints the version', async () => {
  expect((await run(['-V'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe('configuration file', () => {
  const PATH = '.config/describe-image/config.json';
  const config = (value: unknown) =>
    homeWith({ [PATH]: typeof value === 'string' ? value : JSON.stringify(value) });

  it('has defaults of flags, which flags and variables override', async () => {
    const settings = config({ defaults: { region: 'cn-shanghai', retries: '0', quiet: true } });
    const environment = { DESCRIBE_IMAGE_ENDPOINT: emulator.url };
    const tagsWith = async (args: readonly string[], variables = {}) =>
      (
        await run(['images', '--jq', '.image.tag', ...args], {
          ...settings,
          environment: { ...environment, ...variables },
        })
      ).stdout;
    expect(await tagsWith([])).toBe('1.4.1\n');
    expect((await tagsWith(['--region', 'cn-hangzhou'])).split('\n').length).toBeGreaterThan(10);
    expect((await tagsWith([], { ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou' })).split('\n')).toHaveLength(14);
  });

  it('names the instance of a registry host', async () => {
    const settings = config({ registries: { 'images.acme.example': { instance: 'cri-3xk9v2m7q4wz8d1p' } } });
    const args = ['digest', 'images.acme.example/shop/checkout:1.4.2'];
    expect((await run(args)).exitCode).toBe(4);
    expect((await run(args, settings)).stdout).toBe(`${CHECKOUT_DIGEST}\n`);
  });

  it.each([
    ['text that is not JSON', '{', 'is not JSON'],
    ['an unknown field', { regions: {} }, 'unknown field "regions"'],
    ['an unknown flag', { defaults: { limit: '3' } }, 'unknown flag in defaults, "limit"'],
    ['a wrong type', { defaults: { quiet: 'yes' } }, 'defaults.quiet must be true or false'],
    ['a wrong choice', { defaults: { network: 'x' } }, 'defaults.network must be public or vpc'],
    ['a wrong duration', { defaults: { timeout: 'soon' } }, '--timeout: expected a duration'],
    ['a list of registries', { registries: [] }, 'registries must be an object'],
  ])('exits with 2 for %s', async (_, value, message) => {
    const { exitCode, stderr } = await run(['images'], config(value));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('exits with 2 for a --config that does not exist', async () => {
    expect((await run(['images', '--config', '/no/such.json'])).exitCode).toBe(2);
  });
});

describe('completion', () => {
  const complete = async (words: readonly string[], settings?: CliSettings) =>
    (await run(['complete', '--', ...words], settings)).stdout.split('\n').slice(0, -1);

  it.each([
    [['im'], ['images']],
    [['images', '--new'], ['--newest']],
    [
      ['images', '--output', ''],
      ['table', 'tsv', 'json', 'ndjson'],
    ],
    [['images', '-o', 'nd'], ['ndjson']],
    [['--network', 'v'], ['vpc']],
    [['images', '--tag', ''], []],
    [['policy', 'do'], ['doctor']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['comp'], ['completion']],
  ])('completes %j', async (words, expected) => {
    expect(await complete(words)).toEqual(expected);
  });

  it('completes references of the inventory, and reads them once in ten minutes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'describe-image-cache-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const environment = { XDG_CACHE_HOME: folder };
    const prefix = 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/ch';
    for (let time = 0; time < 2; time++)
      expect(await complete(['digest', prefix], { environment })).toContain(CHECKOUT);
    expect(emulator.requests).toHaveLength(1);
    expect(readdirSync(join(folder, 'describe-image'))).toEqual(['references.json']);
  });

  it('prints nothing when the inventory cannot be read', async () => {
    const environment = { XDG_CACHE_HOME: '/no/such/folder', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' };
    const { exitCode, stdout, stderr } = await run(['complete', '--', 'digest', ''], { environment });
    expect([exitCode, stdout, stderr]).toEqual([0, '', '']);
  });

  it('is not in the help as a command that users call', async () => {
    expect((await run(['--help'])).stdout).not.toMatch(/^ {2}complete /m);
  });

  it('prints a script that bash accepts', async () => {
    const { stdout } = await run(['completion', 'bash']);
    expect(() => execFileSync('bash', ['-n'], { input: stdout })).not.toThrow();
    const script = `describe-image() { printf '%s\\n' "$@" digest; }\n${stdout}\nCOMP_WORDS=(describe-image dig); COMP_CWORD=1; _describe_image; printf '%s,' "\${COMPREPLY[@]}"`;
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('complete,--,dig,digest,');
  });

  it.each(['zsh', 'fish'])('prints a script for %s', async (shell) => {
    expect((await run(['completion', shell])).stdout).toContain('describe-image complete --');
  });
});
