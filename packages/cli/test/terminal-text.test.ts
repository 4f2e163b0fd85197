import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliSettings, runCli } from './run-cli.ts';
import { scriptedServer, sendPage } from './scripted-server.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());
const images = (args: readonly string[], settings?: CliSettings) =>
  runCli(emulator.url, ['images', ...args], settings);

describe('colour', () => {
  const escapeSequence = '\u001b[';
  it.each<[string, readonly string[], CliSettings, boolean]>([
    ['is on for a terminal', [], { isTTY: true }, true],
    ['is off for a pipe', [], {}, false],
    ['is off with --no-color', ['--no-color'], { isTTY: true }, false],
    ['is off with NO_COLOR', [], { isTTY: true, environment: { NO_COLOR: '1' } }, false],
    ['is on for a pipe with FORCE_COLOR', [], { environment: { FORCE_COLOR: '1' } }, true],
    [
      'is off with NO_COLOR even if FORCE_COLOR is set',
      [],
      { environment: { FORCE_COLOR: '1', NO_COLOR: '1' } },
      false,
    ],
    ['is off with FORCE_COLOR=0', [], { isTTY: true, environment: { FORCE_COLOR: '0' } }, false],
    ['is off for a dumb terminal', [], { isTTY: true, environment: { TERM: 'dumb' } }, false],
  ])('%s', async (_, args, settings, colored) => {
    const { stdout } = await images([...args, '--output', 'table', '--limit', '2'], settings);
    expect(stdout.includes(escapeSequence)).toBe(colored);
  });
});

it('removes terminal control characters from text of the inventory', async () => {
  const row = {
    RepoNamespace: 'a\u001b]0;owned\u0007',
    RepoName: '\u001b[31mred\u009b2J',
    Tag: 'x\r\ny\tz\u202e',
  };
  await using server = await scriptedServer((response) => sendPage(response, [row]));
  for (const output of ['table', 'tsv']) {
    const { stdout } = await runCli(server.url, ['images', '--output', output]);
    expect(stdout).toContain('a/red');
    expect(stdout).toContain('xyz');
    expect(stdout).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u);
  }
  const { stdout } = await runCli(server.url, ['images', '--output', 'json']);
  expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  expect(JSON.parse(stdout).images[0].repoName).toBe(row.RepoName);
});
