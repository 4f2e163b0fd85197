import { createEmulator, type Emulator, type SeedVulnerability } from '@describe-image/emulator';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT_IDS } from './demo-image.ts';
import { type CliSettings, runCli } from './run-cli.ts';

const STOREFRONT = 'shop/storefront:2.9.0';
const STALE = 'platform/base-node:nightly';
const NOT_SCANNED = 'shop/payments:0.9.0';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());
const vulns = (args: readonly string[], settings?: CliSettings, target = emulator) =>
  runCli(target.url, ['vulns', ...args], settings);
const terminal = (columns: number): CliSettings => ({ isTTY: true, columns, environment: { NO_COLOR: '1' } });

/** An emulator in which one scan of the image has found these vulnerabilities. */
async function startWith(vulnerabilities: number | readonly SeedVulnerability[]): Promise<Emulator> {
  const started = await createEmulator();
  started.state.startScan({ repository: 'shop/payments', tag: '0.9.0' }, { step: '1ms', vulnerabilities });
  started.clock.advance(1000);
  return started;
}

describe('vulns', () => {
  it('prints a table, the most urgent first, and the counts on stderr', async () => {
    const { exitCode, stdout, stderr } = await vulns([STOREFRONT]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      '41 vulnerabilities, 32 fixable: 17 asap (14 fixable), 15 later (12 fixable), 9 nntf (6 fixable)\n',
    );
    const [titles, ...rows] = stdout.trimEnd().split('\n');
    expect(titles?.split(/ {2,}/)).toEqual([
      'NECESSITY',
      'VULNERABILITY',
      'PACKAGE',
      'INSTALLED',
      'FIXABLE',
      'TITLE',
      'FIX COMMAND',
    ]);
    expect(rows).toHaveLength(41);
    const order = rows.map((row) => row.split(/ {2,}/)[0]);
    expect(order).toEqual([...order].sort((a = '', b = '') => a.localeCompare(b)));
    expect(rows[0]).toContain('CVE-2023-38545');
    expect(rows[0]).toContain('apt-get update && apt-get install curl');
  });

  it.each([
    ['a reference', [STOREFRONT]],
    ['a digest', ['sha256:fa047611e46f4982c5b912343d3432db660b2a5c0eb5e2f1983ef0a906eb9525']],
    ['64 hex digits', ['fa047611e46f4982c5b912343d3432db660b2a5c0eb5e2f1983ef0a906eb9525']],
    ['ids', [...CHECKOUT_IDS.slice(0, 4), '--repo', 'crr-b2d8f0h3j5l7n9q1', '--tag', '2.9.0']],
  ])('accepts %s', async (_, args) => {
    const { exitCode, stdout } = await vulns([...args, '--output', 'json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ count: 41, scanned: true, isComplete: true });
  });

  it('filters by priority and fixability, and prints at most the limit', async () => {
    const read = async (...args: string[]) =>
      JSON.parse((await vulns([STOREFRONT, '-o', 'json', ...args])).stdout);
    expect((await read('--necessity', 'nntf')).summary).toMatchObject({ total: 9, fixable: 6 });
    expect((await read('--necessity', 'asap, later', '--fixable')).summary).toMatchObject({
      total: 26,
      fixable: 26,
    });
    const limited = await read('--limit', '2');
    expect(limited).toMatchObject({ count: 2, isComplete: false, summary: { total: 41 } });
    expect(limited.vulnerabilities).toHaveLength(2);
    expect((await vulns([STOREFRONT, '--limit', '2'])).stderr).toMatch(/^2 of 41 vulnerabilities, /);
  });

  it('names the columns that the terminal is too narrow for, and prints a list below that', async () => {
    const narrow = await vulns([STOREFRONT, '--limit', '3'], terminal(60));
    expect(narrow.stdout.split('\n')[0]).not.toContain('TITLE');
    expect(narrow.stderr).toContain('note: the terminal is too narrow for TITLE, FIX COMMAND.');
    const list = await vulns([STOREFRONT, '--limit', '1'], terminal(40));
    expect(list.stdout).toBe(
      [
        'asap  CVE-2023-38545  curl  7.88.1-10  yes',
        '  CVE-2023-38545: curl SOCKS5 heap buffer overflow',
        '  apt-get update && apt-get install curl  --only-upgrade',
        '',
      ].join('\n'),
    );
  });

  it('prints titles in Chinese on request', async () => {
    expect((await vulns([STOREFRONT, '--limit', '1', '--lang', 'zh'])).stdout).toContain('堆缓冲区溢出');
  });

  it('warns that the scan is of another digest or missing', async () => {
    const stale = await vulns([STALE]);
    expect(stale.exitCode).toBe(0);
    expect(stale.stderr).toMatch(
      /^0 vulnerabilities, 0 fixable\nwarning: platform\/base-node:nightly: the scan is of another digest, sha256:0bfc\w+; the tag has sha256:e09e\w+\n$/,
    );
    expect((await vulns([NOT_SCANNED])).stderr).toContain(
      'warning: shop/payments:0.9.0: no current scan of this digest: the image was never scanned',
    );
  });

  it('prints one JSON line for each vulnerability', async () => {
    const { stdout } = await vulns([STOREFRONT, '-o', 'ndjson']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(41);
    expect(lines[0]).toMatchObject({
      schemaVersion: 1,
      source: 'DescribeImageVulList',
      name: STOREFRONT,
      isLive: true,
      scanned: true,
      vulnerability: { cveIds: ['CVE-2023-38545'], necessity: 'asap', canFix: true },
    });
    expect(lines[0].vulnerability).not.toHaveProperty('raw');
  });

  it('reads 5,000 vulnerabilities', async () => {
    await using large = await startWith(5000);
    const { exitCode, stdout } = await vulns([NOT_SCANNED], {}, large);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(5001);
  });

  it('explains a denied list with the policy, and prints what the inventory knows', async () => {
    const environment = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'demo-no-vulnerabilities-key-id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'demo-no-vulnerabilities-key-secret',
    };
    const { exitCode, stdout, stderr } = await vulns([STOREFRONT], { environment });
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
    expect(stderr).toContain(
      `note: ${STOREFRONT}: risky: the scan found risks; the inventory counts 41 vulnerabilities`,
    );
    expect(stderr).toContain('Attach a policy that allows yundun-sas:DescribeImageVulList');
    const json = await vulns([STOREFRONT, '-o', 'json'], { environment });
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'Permission', exitCode: 5 } });
  });

  it.each([
    [['--necessity', 'high', STOREFRONT], '--necessity: expected asap, later, nntf'],
    [[STOREFRONT, STALE], 'expected one image, got 2'],
    [[STOREFRONT, '--tag', '1'], '--tag cannot be combined with a reference or a digest'],
    [[STOREFRONT, '--necessity', 'later', '--fail-on', 'any'], '--fail-on any cannot be combined'],
    [['diff', STOREFRONT], 'vulns diff: expected two images, got 1'],
    [[], 'no image given'],
    [['a b'], 'image reference "a b"'],
  ])('rejects %j', async (args, message) => {
    const { exitCode, stderr } = await vulns(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('vulns --fail-on', () => {
  it.each([
    [['--fail-on', 'asap'], 7, 'has 17 vulnerabilities that --fail-on asap does not accept'],
    [['--fail-on', 'asap', '--fixable'], 7, 'has 14 vulnerabilities'],
    [['--fail-on', 'later'], 7, 'has 32 vulnerabilities'],
    [['--fail-on', 'any', '--limit', '1'], 7, 'has 41 vulnerabilities'],
  ])('exits with 7 for %j', async (args, code, message) => {
    const { exitCode, stdout, stderr } = await vulns([STOREFRONT, ...args]);
    expect(exitCode).toBe(code);
    expect(stdout).toContain('CVE-2023-38545');
    expect(stderr).toContain(message);
  });

  it('exits with 0 for a scan of the live digest without such vulnerabilities', async () => {
    expect((await vulns(['shop/checkout:1.4.2', '--fail-on', 'any'])).exitCode).toBe(0);
    const packages = [{ name: 'systemd', version: '252' }];
    await using harmless = await startWith([
      { name: 'debian:12:CVE-2023-7008', necessity: 'nntf', packages },
    ]);
    expect((await vulns([NOT_SCANNED, '--fail-on', 'later'], {}, harmless)).exitCode).toBe(0);
    expect((await vulns([NOT_SCANNED, '--fail-on', 'any'], {}, harmless)).exitCode).toBe(7);
  });

  it.each([
    ['another digest was scanned than the tag has', STALE, 'the scan is of another digest'],
    ['the image was never scanned', NOT_SCANNED, 'no current scan of this digest'],
    ['the digest is unknown', 'a'.repeat(64), 'the inventory has no such image'],
  ])('exits with 7 if %s', async (_, image, message) => {
    const { exitCode, stderr } = await vulns([image, '--fail-on', 'asap']);
    expect(exitCode).toBe(7);
    expect(stderr).toContain(message);
  });
});

describe('vulns diff', () => {
  const NGINX = 'harbor.acme.example/library/nginx:1.27.3';

  it('prints what the second image introduces and fixes', async () => {
    const { exitCode, stdout, stderr } = await vulns(['diff', NGINX, STOREFRONT]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('34 introduced, 0 fixed, 7 unchanged\n');
    const rows = stdout.trimEnd().split('\n');
    expect(rows[0]).toMatch(/^CHANGE +NECESSITY +VULNERABILITY/);
    expect(rows.slice(1).every((row) => row.startsWith('introduced'))).toBe(true);
    const reverse = await vulns(['diff', STOREFRONT, NGINX, '-o', 'json', '--limit', '5']);
    const document = JSON.parse(reverse.stdout);
    expect(document).toMatchObject({
      counts: { introduced: 0, fixed: 34, unchanged: 7 },
      before: { name: STOREFRONT, summary: { total: 41 } },
      after: { name: NGINX, summary: { total: 7 } },
    });
    expect(document.fixed).toHaveLength(5);
    const lines = (await vulns(['diff', NGINX, STOREFRONT, '-o', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(34);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ change: 'introduced', name: STOREFRONT });
  });

  it('applies --fail-on to what the second image introduces', async () => {
    const introduces = await vulns(['diff', NGINX, STOREFRONT, '--fail-on', 'asap']);
    expect(introduces.exitCode).toBe(7);
    expect(introduces.stderr).toContain('introduces 14 vulnerabilities');
    expect((await vulns(['diff', STOREFRONT, NGINX, '--fail-on', 'any'])).exitCode).toBe(0);
  });

  it('compares two digests of a moved tag', async () => {
    await using moved = await createEmulator();
    const image = { repository: 'shop/storefront', tag: '2.9.0' };
    const before = moved.state.images().find(({ tag }) => tag === '2.9.0')?.digest ?? '';
    moved.state.push(image);
    moved.state.startScan(image, { step: '1ms', vulnerabilities: 43 });
    moved.clock.advance(1000);
    const { stderr } = await vulns(['diff', before, STOREFRONT], {}, moved);
    expect(stderr).toContain('2 introduced, 0 fixed, 41 unchanged');
  });

  it('filters after the comparison, so that a changed priority is no new vulnerability', async () => {
    const packages = [{ name: 'curl', version: '7' }];
    const found = (necessity: 'asap' | 'later', fixable: boolean): SeedVulnerability[] => [
      { name: 'debian:12:CVE-2023-38545', necessity, fixable, packages },
    ];
    await using changed = await startWith(found('later', false));
    const before = changed.state
      .images()
      .find(({ repository, tag }) => repository === 'shop/payments' && tag === '0.9.0');
    const image = { repository: 'shop/payments', tag: '0.9.0' };
    changed.state.push(image);
    changed.state.startScan(image, { step: '1ms', vulnerabilities: found('asap', true) });
    changed.clock.advance(1000);
    const { exitCode, stderr } = await vulns(
      ['diff', before?.digest ?? '', NOT_SCANNED, '--necessity', 'asap', '--fixable', '--fail-on', 'asap'],
      {},
      changed,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '0 introduced, 0 fixed, 1 unchanged\n' });
  });

  it('exits with 7 for a first image whose scan is of another digest', async () => {
    const { exitCode, stderr } = await vulns(['diff', STALE, 'shop/checkout:1.4.2', '--fail-on', 'asap']);
    expect(exitCode).toBe(7);
    expect(stderr).toContain(`error: ${STALE}: the scan is of another digest`);
    expect((await vulns(['diff', NOT_SCANNED, 'shop/checkout:1.4.2', '--fail-on', 'any'])).exitCode).toBe(0);
  });

  it('warns about both images', async () => {
    const { stderr } = await vulns(['diff', NOT_SCANNED, STALE]);
    expect(stderr.match(/^warning: /gm)).toHaveLength(2);
  });
});

describe('vulns --output sarif', () => {
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

  it.each([
    [[STOREFRONT], 41],
    [[STALE], 0],
    [['diff', 'harbor.acme.example/library/nginx:1.27.3', STOREFRONT], 34],
    [['a'.repeat(64)], 0],
  ])('prints a valid log for %j', async (args, count) => {
    const log = JSON.parse((await vulns([...args, '-o', 'sarif'])).stdout);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(log.runs[0].results).toHaveLength(count);
  });

  it('names package, priority and fix command of each result', async () => {
    const [run] = JSON.parse((await vulns([STOREFRONT, '-o', 'sarif'])).stdout).runs;
    expect(run.results[0]).toMatchObject({
      ruleId: 'CVE-2023-38545',
      level: 'error',
      message: { text: expect.stringContaining('CVE-2023-38545 in curl 7.88.1-10.') },
      properties: { necessity: 'asap', packages: [{ updateCmd: expect.stringContaining('apt-get') }] },
    });
    expect(
      run.results.every(
        ({ ruleId, ruleIndex }: { ruleId: string; ruleIndex: number }) =>
          run.tool.driver.rules[ruleIndex].id === ruleId,
      ),
    ).toBe(true);
    expect(JSON.stringify(run)).not.toContain('security-severity');
  });

  it('contains the warnings', async () => {
    const [run] = JSON.parse((await vulns([STALE, '-o', 'sarif'])).stdout).runs;
    expect(run.invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: expect.stringContaining('the scan is of another digest') } },
    ]);
  });
});

describe('vulns --output markdown', () => {
  it('prints counts, warnings and a table', async () => {
    const { stdout } = await vulns([STOREFRONT, '-o', 'markdown', '--limit', '1']);
    expect(stdout).toContain('| asap | 17 | 14 |');
    expect(stdout).toContain('[CVE-2023-38545](https://nvd.nist.gov/vuln/detail/CVE-2023-38545)');
    expect(stdout).toContain('1 of 41 vulnerabilities are shown.');
    expect((await vulns([STALE, '-o', 'markdown'])).stdout).toContain(
      '> **Warning:** platform/base-node:nightly',
    );
    const diff = await vulns([
      'diff',
      STOREFRONT,
      'harbor.acme.example/library/nginx:1.27.3',
      '-o',
      'markdown',
    ]);
    expect(diff.stdout).toContain('### Fixed');
    expect(diff.stdout).not.toContain('### Introduced');
  });

  it('escapes text of the service', async () => {
    const hostile: SeedVulnerability = {
      name: 'x|y',
      title: 'a | b <img src=x> [c](http://evil.example) `d` @user\n# e \u001b[31m',
      cves: [],
      packages: [{ name: 'p|q', version: '1', updateCommand: 'rm `x` | sh' }],
    };
    await using hostileWorld = await startWith([hostile]);
    const { stdout } = await vulns([NOT_SCANNED, '-o', 'markdown'], {}, hostileWorld);
    const row = stdout.split('\n').find((line) => line.startsWith('| later | x')) ?? '';
    expect(row.split(/(?<!\\)\|/)).toHaveLength(9);
    for (const text of ['<img', '](http', '@user', '\u001b']) expect(stdout).not.toContain(text);
    const table = (await vulns([NOT_SCANNED], {}, hostileWorld)).stdout;
    expect(table).not.toContain('\u001b');
    expect(table.trimEnd().split('\n')).toHaveLength(2);
  });
});
