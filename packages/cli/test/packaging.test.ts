import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { build } from 'tsdown';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { demoEnvironment } from './run-cli.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const MANIFESTS = join(PACKAGE, 'test/manifests');

let emulator: Emulator;
let folder: string;
let file: string;
beforeAll(async () => {
  emulator = await createEmulator();
  folder = mkdtempSync(join(tmpdir(), 'describe-image-single-'));
  const { default: config } = await import('../tsdown.single.config.ts');
  await build({
    ...config,
    config: false,
    cwd: PACKAGE,
    outDir: folder,
    logLevel: 'error',
    // Core from source, because no test needs a build.
    inputOptions: { resolve: { conditionNames: ['source', 'node', 'import', 'default'] } },
  });
  file = join(folder, 'describe-image.mjs');
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function execute(command: string, args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(command, args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NO_PROXY: '127.0.0.1',
      ...demoEnvironment(emulator.url),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes) => (stdout += bytes));
  child.stderr.on('data', (bytes) => (stderr += bytes));
  const [exitCode] = await once(child, 'close');
  return { exitCode, stdout, stderr };
}

describe('single file', () => {
  it.each([
    ['digest', ['digest', CHECKOUT], `${CHECKOUT_DIGEST}\n`],
    ['--jq', ['digest', CHECKOUT, '--jq', '.tag'], '1.4.2\n'],
    ['--format', ['digest', CHECKOUT, '--format', '{{state}}'], 'live\n'],
    ['-V', ['-V'], `${manifest.version}\n`],
  ])('runs %s in a folder without node_modules', async (_, args, stdout) => {
    expect(await execute(process.execPath, [file, ...args])).toMatchObject({ exitCode: 0, stdout });
  });

  it('reads manifests and draws tables', async () => {
    const { exitCode, stdout } = await execute(process.execPath, [
      file,
      'verify',
      MANIFESTS,
      '--only',
      '*/shop/*',
    ]);
    expect([exitCode, stdout.split('\n').length]).toEqual([0, 4]);
  });
});

it('the steps of the Dockerfile give a program that is executable by its name', async () => {
  const steps = readFileSync(join(PACKAGE, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' '));
  expect(steps.map(([instruction]) => instruction)).toEqual([
    'FROM',
    'COPY',
    'WORKDIR',
    'USER',
    'ENTRYPOINT',
    'CMD',
  ]);
  const [, mode = '', source, target = ''] = steps[1] ?? [];
  expect([source, steps[3]?.[1]]).toEqual(['single/describe-image.mjs', 'node']);
  const installed = join(folder, target.split('/').at(-1) ?? '');
  copyFileSync(file, installed);
  chmodSync(installed, Number.parseInt(mode.replace('--chmod=', ''), 8));
  const PATH = `${folder}:${join(process.execPath, '..')}:/usr/bin:/bin`;
  const { exitCode, stdout } = await execute('sh', ['-c', 'describe-image digest "$0"', CHECKOUT], { PATH });
  expect([exitCode, stdout]).toEqual([0, `${CHECKOUT_DIGEST}\n`]);
});

describe('action', () => {
  const action = parse(readFileSync(join(PACKAGE, '../../action/action.yml'), 'utf8'));
  const [step] = action.runs.steps;

  /** Runs the step as a runner does, with `npx` replaced by the single file. */
  const run = (inputs: Record<string, string>) => {
    writeFileSync(join(folder, 'npx'), `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${file}" "$@"\n`, {
      mode: 0o755,
    });
    writeFileSync(join(folder, 'step.sh'), step.run);
    const variables = Object.entries(step.env as Record<string, string>).map(([name, expression]) => {
      const input = /inputs\.(\w+)/.exec(expression)?.[1] ?? '';
      return [name, inputs[input] ?? action.inputs[input].default ?? ''];
    });
    return execute('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'step.sh')], {
      PATH: `${folder}:${process.env['PATH']}`,
      ...Object.fromEntries(variables),
    });
  };

  it('verify prints annotations and exits with the code of the command', async () => {
    const { exitCode, stdout } = await run({ files: MANIFESTS });
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/::error file=.*deployment\.yaml,line=18,/);
  });

  it('verify passes further options', async () => {
    const { exitCode } = await run({ files: MANIFESTS, args: '--only *.cr.aliyuncs.com/* --require-live' });
    expect(exitCode).toBe(0);
  });

  it('pin checks and prints the changes', async () => {
    const { exitCode, stdout } = await run({ command: 'pin', files: MANIFESTS });
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`@${CHECKOUT_DIGEST}`);
  });

  it('rejects another command, and does not execute text of its inputs', async () => {
    expect((await run({ command: 'digest', files: MANIFESTS })).exitCode).toBe(2);
    const { stdout } = await run({ files: '$(echo executed) `echo executed`' });
    expect(stdout).not.toContain('executed\n');
  });
});
