import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { CHECKOUT_DIGEST, CHECKOUT_IDS } from './demo-image.ts';
import { demoEnvironment } from './run-cli.ts';
import { scriptedServer, sendPage } from './scripted-server.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

function start(url: string, argv: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [inject('bin'), ...argv], {
    env: { ...demoEnvironment(url), NO_PROXY: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function finish(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (bytes) => (stdout += bytes));
  child.stderr?.on('data', (bytes) => (stderr += bytes));
  const [exitCode, signal] = await once(child, 'close');
  return { exitCode, signal, stdout, stderr };
}

it('writes the result to stdout and exits with 0', async () => {
  const result = await finish(start(emulator.url, ['digest', ...CHECKOUT_IDS]));
  expect(result).toEqual({ exitCode: 0, signal: null, stdout: `${CHECKOUT_DIGEST}\n`, stderr: '' });
});

it('writes an error to stderr and exits with its code', async () => {
  const child = start(emulator.url, ['images'], { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' });
  const { exitCode, stdout, stderr } = await finish(child);
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' });
  expect(stderr).toMatch(/^error: /);
});

it('aborts the call on SIGINT and exits with 130', async () => {
  let child: ChildProcess | undefined;
  await using server = await scriptedServer(() => child?.kill('SIGINT'));
  child = start(server.url, ['images']);
  expect(await finish(child)).toMatchObject({ exitCode: 130, stdout: '', stderr: 'error: interrupted\n' });
});

it('exits with 0 and prints no error when the reader of stdout closes the pipe', async () => {
  await using server = await endlessInventory();
  const child = start(server.url, ['images', '--output', 'ndjson']);
  child.stdout?.once('data', () => child.stdout?.destroy());
  const { exitCode, stderr } = await finish(child);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

/** Rows of an inventory that has more pages than any test reads. */
const endlessInventory = () =>
  scriptedServer((response, _request, number) => {
    const rows = Array.from({ length: 100 }, (_, row) => ({ Tag: `${number}-${row}` }));
    sendPage(response, rows, 1_000_000);
  });

it('exits within a second of SIGINT with 130 when the reader of stdout does not read', async () => {
  await using server = await endlessInventory();
  const child = start(server.url, ['images', '--output', 'ndjson']);
  while (server.count < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const interruptedAt = performance.now();
  child.kill('SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(130);
  expect(performance.now() - interruptedAt).toBeLessThan(3_000);
});

it('exits with the code of the error when the reader of stderr closes the pipe', async () => {
  const child = start(emulator.url, ['digest', 'shop/nothing:1']);
  child.stderr?.destroy();
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(4);
});

it.skipIf(!existsSync('/dev/full'))('exits with 12 and a message when stdout cannot be written', async () => {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const child = spawn(process.execPath, [inject('bin'), 'digest', ...CHECKOUT_IDS], {
    env: { ...demoEnvironment(emulator.url), NO_PROXY: '127.0.0.1' },
    stdio: ['ignore', full, 'pipe'],
  });
  const { exitCode, stderr } = await finish(child);
  expect(exitCode).toBe(12);
  expect(stderr).toMatch(/^error: stdout: .*ENOSPC.*\n {2}\S.*\n$/);
});

it('prints its version', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  expect((await finish(start(emulator.url, ['--version']))).stdout).toBe(`${manifest.version}\n`);
});
