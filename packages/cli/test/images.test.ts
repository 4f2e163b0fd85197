import { stripVTControlCharacters } from 'node:util';
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

describe('images output', () => {
  it('is a table on a terminal', async () => {
    const { exitCode, stdout, stderr } = await images([], {
      isTTY: true,
      columns: 120,
      environment: { NO_COLOR: '1' },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toBe('13 of 13 images\n');
    const [titles, ...rows] = stdout.trimEnd().split('\n');
    expect(titles?.split(/ {2,}/)).toEqual([
      'REPOSITORY',
      'TAG',
      'DIGEST',
      'SCAN',
      'VULN',
      'ALERT',
      'BASE',
      'LAST SCAN',
      'REGION',
    ]);
    const cells = rows.map((row) => row.split(/ {2,}/));
    expect(cells).toContainEqual(
      'shop/storefront|2.9.0|sha256:fa047611e46f|risky|41|1|6|2026-03-20 02:00Z|cn-hangzhou'.split('|'),
    );
    expect(new Set(cells.map((row) => row[3]))).toEqual(
      new Set(['clean', 'risky', 'stale', 'scanning', 'failed', 'unknown']),
    );
  });

  it('prints "?" for a value that the service did not return', async () => {
    const { stdout } = await images(['--repo-name', 'payments', '--tag', '0.9.0', '--output', 'table']);
    expect(stdout.split('\n')[1]?.split(/ {2,}/).slice(3, 8)).toEqual(['unknown', '?', '?', '?', '?']);
  });

  it('fits into 80 columns', async () => {
    const { stdout } = await images([], { isTTY: true, columns: 80, environment: { NO_COLOR: '1' } });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout.split('\n')).toHaveLength(15);
  });

  it('names the column that 80 characters have no space for', async () => {
    const { stdout, stderr } = await images([], { isTTY: true, columns: 80, environment: { NO_COLOR: '1' } });
    expect(stdout).not.toContain('REGION');
    expect(stderr).toContain('note: the terminal is too narrow for REGION.');
  });

  it('is a list of all values with unbroken tags in 60 columns', async () => {
    const { stdout, stderr } = await images(['--repo-name', 'base-node', '--tag', 'nightly'], {
      isTTY: true,
      columns: 60,
      environment: { NO_COLOR: '1' },
    });
    expect(stdout).toBe(
      'platform/base-node:nightly\n' +
        '  sha256:0bfcdf622003  risky  VULN 0  ALERT 0  BASE 1\n' +
        '  LAST SCAN 2026-04-03 02:00Z  cn-hangzhou\n',
    );
    expect(stderr).toBe('1 of 1 images\n');
  });

  it('keeps escape sequences intact in a narrow terminal', async () => {
    const settings = { isTTY: true, columns: 40 };
    const [colored, plain] = await Promise.all([images([], settings), images(['--no-color'], settings)]);
    expect(stripVTControlCharacters(colored.stdout)).toBe(plain.stdout);
    expect(colored.stdout).not.toBe(plain.stdout);
  });

  it('is TSV outside a terminal: one line per image, nothing shortened, no colours', async () => {
    const { stdout } = await images(['--repo-name', 'storefront', '--tag', '2.9.0']);
    expect(stdout).toMatch(
      /^shop\/storefront\t2\.9\.0\tsha256:[0-9a-f]{64}\trisky\t41\t1\t6\t2026-03-20T02:00:\d\d\.000Z\tcn-hangzhou\n$/,
    );
  });

  it('contains the envelope, full digests and the risk in JSON', async () => {
    const { stdout, stderr } = await images(['--limit', '2', '--output', 'json']);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      schemaVersion: 1,
      source: 'DescribeImageInstances',
      observedAt: expect.any(String),
      requestId: expect.any(String),
      endpoint: new URL(emulator.url).host,
      count: 2,
      totalCount: 13,
      inventoryChanged: false,
    });
    expect(answer.images).toHaveLength(2);
    expect(answer.images[0]).toMatchObject({
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      vulCount: null,
      risk: { state: 'unknown', vulnerabilities: null },
    });
    expect(stderr).toBe('2 of 13 images\n');
  });

  it('contains the envelope on every line of NDJSON', async () => {
    const { stdout, stderr } = await images(['--limit', '3', '--output', 'ndjson']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({
        schemaVersion: 1,
        source: 'DescribeImageInstances',
        requestId: expect.any(String),
        image: { risk: { state: expect.any(String) } },
      });
    expect(stderr).toBe('3 of 13 images\n');
  });

  it.each([
    ['ndjson', (line: string) => JSON.parse(line).image.tag],
    ['tsv', (line: string) => line.split('\t')[1]],
  ])('streams %s: prints a page before it requests the next one', async (output, tagOf) => {
    let shown = '';
    const linesBefore: number[] = [];
    await using server = await scriptedServer((response, _request, number) => {
      linesBefore.push(shown.split('\n').length - 1);
      sendPage(response, [{ Tag: `${number}a` }, { Tag: `${number}b` }], 4);
    });
    const { main } = await import('../src/main.ts');
    const { createClient } = await import('@describe-image/core');
    const exitCode = await main(['images', '--output', output, '--endpoint', server.url], {
      stdout: { write: (text) => (shown += text) },
      stderr: { write: () => true },
      environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret' },
      createClient,
    });
    expect(exitCode).toBe(0);
    expect(linesBefore).toEqual([0, 2]);
    expect(shown.trimEnd().split('\n').map(tagOf)).toEqual(['1a', '1b', '2a', '2b']);
  });

  it.each(['tsv', 'table', 'ndjson'])(
    'prints a warning in %s when the inventory changed while it was read',
    async (output) => {
      await using server = await scriptedServer((response, _request, number) =>
        sendPage(response, [{ Tag: `${number}` }], number === 1 ? 3 : 2),
      );
      const { stderr } = await runCli(server.url, ['images', '--output', output]);
      expect(stderr).toContain('warning: the inventory changed while it was read');
    },
  );

  it.each(['json', 'ndjson'])('stops at --limit in %s, also within a page', async (output) => {
    await using server = await scriptedServer((response, _request, number) =>
      sendPage(response, [{ Tag: `${number}a` }, { Tag: `${number}b` }], 6),
    );
    const { stdout, stderr } = await runCli(server.url, ['images', '--limit', '3', '--output', output]);
    expect([...stdout.matchAll(/"tag": ?"(\w+)"/g)].map(([, tag]) => tag)).toEqual(['1a', '1b', '2a']);
    expect(stderr).toBe('3 of 6 images\n');
  });

  it.each(['json', 'ndjson'])('sorts by --newest before it applies --limit in %s', async (output) => {
    const rows = [
      { Tag: 'old', ImageUpdate: 1_000 },
      { Tag: 'new', ImageUpdate: 3_000_000 },
      { Tag: 'middle', ImageUpdate: 2_000_000 },
    ];
    await using server = await scriptedServer((response) => sendPage(response, rows));
    const argv = ['images', '--newest', '--limit', '2', '--output', output];
    const { stdout } = await runCli(server.url, argv);
    expect([...stdout.matchAll(/"tag": ?"(\w+)"/g)].map(([, tag]) => tag)).toEqual(['new', 'middle']);
  });

  it('exits with 0 for an empty list and prints the usual cause', async () => {
    const { exitCode, stderr } = await images(['--repo-name', 'nothing']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^0 of 0 images\nnote: /);
  });
});
