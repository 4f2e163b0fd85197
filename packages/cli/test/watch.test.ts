import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { type CliSettings, runCli } from './run-cli.ts';
import { scriptedServer } from './scripted-server.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());
const run = (args: readonly string[], settings?: CliSettings) => runCli(emulator.url, args, settings);
const IMAGE = { instanceId: 'cri-3xk9v2m7q4wz8d1p', repository: 'shop/checkout', tag: '1.4.2' };

function historyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'history.ndjson');
}
const eventsIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('watch', () => {
  it('records moved, moved-back, gone and new with both digests and the times', async () => {
    const file = historyFile();
    const watch = () => run(['watch', CHECKOUT, '--once', '--file', file]);
    expect((await watch()).stderr).toBe(`recorded 1 tags in ${file}\n`);
    emulator.state.push(IMAGE, 'b'.repeat(64));
    const moved = await watch();
    expect(moved.stdout).toMatch(
      /^\S+Z {2}moved {7}\S+checkout:1\.4\.2 {2}sha256:a322bcb3b2b1 → sha256:b{12}\n$/,
    );
    expect((await watch()).stdout).toBe('');
    emulator.state.push(IMAGE, CHECKOUT_DIGEST.slice('sha256:'.length));
    await watch();
    emulator.faults.add({ operation: 'DescribeImage', times: 1, effect: { kind: 'no-digest' } });
    await watch();
    await watch();
    const events = eventsIn(file);
    expect(events.map(({ event }) => event)).toEqual(['baseline', 'moved', 'moved-back', 'gone', 'new']);
    const other = `sha256:${'b'.repeat(64)}`;
    expect(events.map(({ from, to }) => [from, to])).toEqual([
      [null, CHECKOUT_DIGEST],
      [CHECKOUT_DIGEST, other],
      [other, CHECKOUT_DIGEST],
      [CHECKOUT_DIGEST, null],
      [null, CHECKOUT_DIGEST],
    ]);
    expect(events[2].since).toBe(events[1].at);
  });

  it('lists the inventory without references, and reports nothing for the conditions of another run', async () => {
    const file = historyFile();
    await run(['watch', '--once', '--file', file]);
    expect(eventsIn(file)).toHaveLength(13);
    const filtered = await run(['watch', '--once', '--file', file, '--namespace', 'shop']);
    expect(filtered.stdout).toBe('');
    emulator.state.push(IMAGE, 'b'.repeat(64));
    const { stdout } = await run(['watch', '--once', '--file', file]);
    expect(stdout.match(/ moved /g)).toHaveLength(1);
  });

  it('ignores a last line that a crash cut, and replaces it', async () => {
    const file = historyFile();
    await run(['watch', CHECKOUT, '--once', '--file', file]);
    appendFileSync(file, '{"schemaVersion":1,"event":"mov');
    emulator.state.push(IMAGE, 'b'.repeat(64));
    expect((await run(['watch', CHECKOUT, '--once', '--file', file])).exitCode).toBe(0);
    expect(eventsIn(file).map(({ event }) => event)).toEqual(['baseline', 'moved']);
  });

  it('exits with 2 for a file that is no history', async () => {
    const file = historyFile();
    appendFileSync(file, 'text\nmore\n');
    const { exitCode, stderr } = await run(['watch', CHECKOUT, '--once', '--file', file]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${file}:1: no line of a history file`);
  });

  it('sends one message for all changes, and none for the baseline', async () => {
    const bodies: string[] = [];
    await using server = await scriptedServer((response, request) => {
      let text = '';
      request
        .on('data', (chunk) => (text += chunk))
        .on('end', () => {
          bodies.push(text);
          response.end();
        });
    });
    const file = historyFile();
    const watch = () => run(['watch', '--once', '--file', file, '--webhook', server.url]);
    await watch();
    expect(bodies).toEqual([]);
    for (const tag of ['1.4.2', 'latest']) emulator.state.push({ ...IMAGE, tag }, 'b'.repeat(64));
    await watch();
    expect(bodies.map((body) => JSON.parse(body).events.length)).toEqual([2]);
  });

  it('does not quote an invalid webhook', async () => {
    const { exitCode, stderr } = await run(['watch', '--slack', 'hooks.slack.com/t0ken']);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('t0ken');
  });

  it('exits with 130 when it is interrupted between two observations', async () => {
    const interruption = new AbortController();
    const file = historyFile();
    const watching = run(['watch', CHECKOUT, '--file', file], { signal: interruption.signal });
    while (emulator.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    setTimeout(() => interruption.abort(), 50);
    expect((await watching).exitCode).toBe(130);
  });
});

it('history prints the recorded changes, also without keys', async () => {
  const file = historyFile();
  await run(['watch', '--once', '--file', file]);
  const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
  const { stdout } = await run(['history', 'shop/checkout:1.4.2', '--file', file], { environment });
  expect(stdout).toMatch(
    /^\S+Z {2}baseline {4}\S+shop\/checkout:1\.4\.2 {2}\(none\) → sha256:a322bcb3b2b1\n$/,
  );
  const lines = (await run(['history', '--file', file, '-o', 'ndjson'])).stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(13);
});

describe('wait', () => {
  const wait = (args: readonly string[], settings?: CliSettings) =>
    run(['wait', '--interval', '10ms', '--max-wait', '500ms', ...args], settings);

  it('prints the digest of a live tag', async () => {
    expect(await wait([CHECKOUT])).toEqual({ exitCode: 0, stdout: `${CHECKOUT_DIGEST}\n`, stderr: '' });
  });

  it('waits until the tag is live', async () => {
    emulator.faults.add({ operation: 'DescribeImage', times: 3, effect: { kind: 'no-digest' } });
    expect((await wait([CHECKOUT])).stdout).toBe(`${CHECKOUT_DIGEST}\n`);
    expect(emulator.requests.filter(({ operation }) => operation === 'DescribeImage')).toHaveLength(4);
  });

  it('waits until the digest is scanned', async () => {
    const args = ['shop/payments:0.9.0', '--for', 'scanned', '--max-wait', '20s'];
    const waiting = wait(args);
    while (emulator.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    emulator.state.startScan({ repository: 'shop/payments', tag: '0.9.0' }, { step: '1s' });
    emulator.clock.advance(120_000);
    expect((await waiting).exitCode).toBe(0);
    emulator.clock.advance(-120_000);
  });

  it.each([
    ['a missing image', ['shop/nothing:1'], 4, 'not live after'],
    ['an image that is not scanned', ['shop/payments:0.9.0', '--for', 'scanned'], 7, 'not scanned after'],
    [
      'an image of another registry, at once',
      ['library/nginx:1.27.3', '--max-wait', '1m'],
      7,
      'cannot be asked',
    ],
    ['another digest', [`${CHECKOUT}@sha256:${'a'.repeat(64)}`], 3, 'another digest'],
  ])('exits for %s', async (_, args, exitCode, message) => {
    const answer = await wait(args);
    expect([answer.exitCode, answer.stdout]).toEqual([exitCode, '']);
    expect(answer.stderr).toContain(message);
  });

  it('exits with 130 when it is interrupted', async () => {
    const interruption = new AbortController();
    const waiting = wait(['shop/nothing:1', '--interval', '1m', '--max-wait', '10m'], {
      signal: interruption.signal,
    });
    while (emulator.requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    setTimeout(() => interruption.abort(), 50);
    expect((await waiting).exitCode).toBe(130);
  });
});
