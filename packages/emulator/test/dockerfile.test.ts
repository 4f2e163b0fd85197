import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { runCommand } from '../src/command/run-command.ts';

const dockerfile = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');

/** The JSON form of an instruction. */
function commandOf(instruction: string): readonly string[] {
  const line = dockerfile.split('\n').find((text) => text.startsWith(instruction)) ?? '';
  return JSON.parse(line.slice(line.indexOf('[')));
}

/** Replaces the port of the container, which may be in use here. */
const withPort = (words: readonly string[], port: number): string[] =>
  words.map((word) => word.replace('4010', String(port)));

it('the Dockerfile starts the emulator on all interfaces, and its health check succeeds only then', async () => {
  const [program, ...options] = commandOf('ENTRYPOINT');
  expect(program).toBe('describe-image-emulator');
  const print = (): void => {};
  const emulator = await runCommand(withPort(options, 0), { version: '1', stdout: print, stderr: print });
  if (typeof emulator === 'number') throw new Error(`the emulator ended with ${emulator}`);
  const [node, ...check] = commandOf('HEALTHCHECK');
  expect(node).toBe('node');
  const checkHealth = () => promisify(execFile)(process.execPath, withPort(check, emulator.port));
  await checkHealth();
  await emulator.close();
  await expect(checkHealth()).rejects.toMatchObject({ code: 1 });
});

it('the Dockerfile runs as a user without privileges', () => {
  const instructions = dockerfile.split('\n').filter((line) => /^[A-Z]/.test(line));
  const after = instructions.slice(instructions.indexOf('USER node'));
  expect(after[0]).toBe('USER node');
  expect(after.some((line) => line.startsWith('RUN'))).toBe(false);
});
