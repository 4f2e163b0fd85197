import { readFileSync } from 'node:fs';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXIT_MEANINGS } from '../src/exit-codes.ts';
import { runCli } from './run-cli.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

const sessions = [...readme.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, session = '']) =>
  session.split(/^\$ /m).filter((part) => part !== ''),
);

it('has a session for every command', () => {
  expect(sessions.length).toBeGreaterThanOrEqual(9);
});

it.each(sessions)('prints the output in the README: %s', async (session) => {
  const [command = '', ...shown] = session.trimEnd().split('\n');
  const words = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
  const program = words.indexOf('describe-image');
  const environment = Object.fromEntries(words.slice(0, program).map((word) => word.split('=')));
  const { stdout, stderr } = await runCli(emulator.url, words.slice(program + 1), { environment });
  // In the README, … matches text that varies; on a line of its own it matches any number of lines.
  const pattern = shown.map((line) =>
    line === '…' ? '[\\s\\S]*' : line.split('…').map(escapeRegExp).join('.+'),
  );
  expect(stdout + stderr).toMatch(new RegExp(`^${pattern.join('\n')}\n?$`));
});

it('lists every exit code', () => {
  for (const [code, meaning] of Object.entries(EXIT_MEANINGS))
    expect(readme).toContain(`| ${code} | ${meaning} |`);
});

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
