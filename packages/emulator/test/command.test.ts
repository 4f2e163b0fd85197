import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../src/command/run-command.ts';
import type { Emulator } from '../src/index.ts';
import { call, IMAGE, testSeed } from './start.ts';

let folder: string;
let running: Emulator | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(folder, { recursive: true });
});

async function run(...argv: string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const result = await runCommand(argv, {
    version: '1.2.3',
    stdout: (line) => stdout.push(line),
    stderr: (line) => stderr.push(line),
  });
  if (typeof result === 'number') return { code: result, stdout: stdout.join('\n'), stderr };
  running = result;
  return { emulator: result, stdout: stdout.join('\n'), stderr };
}

async function seedFile(content: string): Promise<string> {
  const file = join(folder, 'seed.json');
  await writeFile(file, content);
  return file;
}

describe('describe-image-emulator', () => {
  it('starts with the demo seed and prints how to use it', async () => {
    const { emulator, stdout } = await run();
    expect(stdout).toContain(`Security Center, STS:  ${emulator?.url}`);
    expect(stdout).toContain(`export ALIBABA_CLOUD_ACCESS_KEY_ID=demo-access-key-id`);
    expect(stdout).toContain(`describe-image images --endpoint ${emulator?.url}`);
  });

  it('applies --seed, --clock, --assume, --lenient and --log', async () => {
    const seed = await seedFile(JSON.stringify(testSeed));
    const { emulator, stdout, stderr } = await run(
      '--seed',
      seed,
      '--clock',
      '2026-11-24T03:04:32Z',
      '--assume',
      'absentImage=error',
      '--assume',
      'unknownAction=InvalidAction.NotFound',
      '--lenient',
      '--log',
    );
    if (emulator === undefined) throw new Error('the emulator did not start');
    expect(emulator.clock.now()).toBe(Date.parse('2026-11-24T03:04:32Z'));
    expect(
      (await call(emulator, { ...IMAGE, ImageTag: 'x' }, { accessKeySecret: 'wrong' })).document.Code,
    ).toBe('ImageNotExist');
    expect((await call(emulator, {}, { action: 'x' })).document.Code).toBe('InvalidAction.NotFound');
    expect((await call(emulator, IMAGE, { accessKeySecret: 'wrong' })).status).toBe(200);
    expect(stderr).toContain('warning: DescribeImage would be rejected: SignatureDoesNotMatch');
    expect(
      stderr.find((line) => line.startsWith('2026-11-24T03:04:32.000Z DescribeImage 400 ImageNotExist')),
    ).toBeDefined();
    expect([stdout, ...stderr].join('\n')).not.toContain('testsecret');
  });

  it('prints no requests without --log', async () => {
    const { emulator, stderr } = await run('--seed', await seedFile(JSON.stringify(testSeed)));
    if (emulator === undefined) throw new Error('the emulator did not start');
    await call(emulator);
    expect(stderr).toEqual([]);
  });

  it('prints help and version', async () => {
    const help = await run('--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('absentImage=no-data|empty-data|error');
    expect((await run('--version')).stdout).toBe('1.2.3');
  });

  it.each<[string, string[], string]>([
    ['an invalid port', ['--port', '99999'], 'It must be a whole number from 0 to 65535.'],
    ['an invalid time', ['--clock', 'noon'], 'It must be an ISO 8601 time'],
    ['an assumption without a value', ['--assume', 'absentImage'], 'It must have the form name=value'],
    [
      'an assumption that does not exist',
      ['--assume', 'a=b'],
      'assumptions: the name must be one of absentImage',
    ],
    ['an option that does not exist', ['--colour'], "unknown option '--colour'"],
    ['an argument', ['demo'], 'too many arguments'],
    [
      'a seed file that does not exist',
      ['--seed', '/nowhere/seed.json'],
      '--seed /nowhere/seed.json: the file cannot be read',
    ],
  ])('rejects %s with exit code 2', async (_what, argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(code).toBe(2);
    expect(stderr.join('\n')).toContain(message);
  });

  it('rejects an invalid seed without quoting it', async () => {
    for (const content of [
      '{"keys":[{"accessKeySecret":"top-secret-value"',
      '{"keys":[{"accessKeySecret":"top-secret-value"}]}',
    ]) {
      const { code, stderr } = await run('--seed', await seedFile(content));
      expect(code).toBe(2);
      expect(stderr.join('\n')).toMatch(/seed\.json.*(is not JSON|accessKeyId)/);
      expect(stderr.join('\n')).not.toContain('top-secret');
    }
  });

  it('reports a port that is in use', async () => {
    const { emulator } = await run();
    const { code, stderr } = await run('--port', String(emulator?.port));
    expect(code).toBe(1);
    expect(stderr.join('\n')).toMatch(/EADDRINUSE.*; set another --port, or 0 for a free one/);
    await emulator?.close();
  });
});

describe('the process of describe-image-emulator', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'exits with code 0 on %s while a connection is open',
    async (signal) => {
      const child = startProcess();
      const url = await urlOf(child);
      await fetch(`${url}/_emulator/clock`);
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  // The built command, as users run it.
  let bin: string;
  beforeAll(async () => {
    const outDir = fileURLToPath(new URL('../.artifacts', import.meta.url));
    await build({
      entry: ['src/bin.ts'],
      platform: 'node',
      fixedExtension: false,
      dts: false,
      outDir,
      logLevel: 'error',
      config: false,
      cwd: dirname(outDir),
    });
    bin = join(outDir, 'bin.js');
  });

  function startProcess(): ChildProcessByStdio<null, Readable, null> {
    return spawn(process.execPath, [bin], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  function urlOf(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
    return new Promise((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
        if (url !== undefined) resolve(url);
      });
      child.once('exit', () => reject(new Error('the command ended before it printed its URL')));
    });
  }
});
