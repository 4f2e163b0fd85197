import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, demoCredentials, type Emulator, type Seed } from '@describe-image/emulator';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { type CliSettings, runCli } from './run-cli.ts';

async function start(seed?: Seed): Promise<Emulator> {
  const emulator = await createEmulator(seed === undefined ? {} : { seed });
  onTestFinished(() => emulator.close());
  return emulator;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** An inventory of one repository with these many tags. */
const manyTags = (count: number): Seed => ({
  name: 'many',
  keys: [{ ...demoCredentials, allow: ['yundun-sas:*', 'sts:*'] }],
  registries: [
    {
      regionId: 'cn-hangzhou',
      instanceId: 'cri-0000000000000001',
      domains: { internet: ['acme-registry.cn-hangzhou.cr.aliyuncs.com'] },
      repositories: [
        {
          repoId: 'crr-0000000000000001',
          namespace: 'shop',
          name: 'api',
          tags: Array.from({ length: count }, (_, tag) => ({
            tag: `${tag}`,
            history: [{ at: '-1d', digest: hashOf(`${tag}`) }],
          })),
        },
      ],
    },
  ],
});
const referencesOf = (count: number) => Array.from({ length: count }, (_, tag) => `shop/api:${tag}`);
const digestsOf = (count: number) => Array.from({ length: count }, (_, tag) => `sha256:${hashOf(`${tag}`)}`);

function file(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-batch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const linesOf = (stdout: string) =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const operationsOf = ({ requests }: Emulator) => {
  const counts: Record<string, number> = {};
  for (const { operation = '' } of requests) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
};

describe('digest of several references', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await start();
  });
  const digest = (args: readonly string[], settings?: CliSettings) =>
    runCli(emulator.url, ['digest', ...args], settings);

  it('prints one line per reference in the order of the input and exits with the first error', async () => {
    const references = ['shop/nothing:1', CHECKOUT, 'Not/Valid', 'shop/checkout:1.4.1', CHECKOUT];
    const { exitCode, stdout, stderr } = await digest(references);
    const lines = linesOf(stdout);
    expect(lines.map(({ reference }) => reference)).toEqual(references);
    expect(lines.map(({ error }) => error?.code)).toEqual([
      'NotFound',
      undefined,
      'Validation',
      'Ambiguous',
      undefined,
    ]);
    expect(lines[3].error.candidates).toHaveLength(2);
    expect(lines[1]).toMatchObject({ schemaVersion: 1, digest: CHECKOUT_DIGEST, source: 'DescribeImage' });
    expect([exitCode, stderr]).toEqual([4, '2 of 5 digests, 3 failed\n']);
  });

  it('reports a pinned digest that differs, with exit code 3', async () => {
    const pinned = `sha256:${'a'.repeat(64)}`;
    const { exitCode, stdout } = await digest([CHECKOUT, `shop/checkout:1.4.2@${pinned}`]);
    expect(exitCode).toBe(3);
    expect(linesOf(stdout)[1]).toMatchObject({ digest: CHECKOUT_DIGEST, error: { code: 'Mismatch' } });
  });

  it.each([
    ['stdin', ['-'], { stdin: `${CHECKOUT}\nshop/checkout\n` }],
    ['--file -', ['--file', '-'], { stdin: `${CHECKOUT}\nshop/checkout\n` }],
    ['stdin as CSV', ['-', '--input-format', 'csv'], { stdin: `image\n${CHECKOUT}\nshop/checkout\n` }],
  ])('reads references from %s', async (_, args, settings) => {
    const { exitCode, stdout } = await digest(args, settings);
    expect(exitCode).toBe(0);
    expect(linesOf(stdout).map(({ digest }) => digest)).toEqual([CHECKOUT_DIGEST, CHECKOUT_DIGEST]);
  });

  it('uses the ids that a line names', async () => {
    const path = file(
      'images.csv',
      'reference,instance\nshop/checkout:1.4.1,cri-7bn5c8x1l0qs6f2g\nshop/checkout:1.4.1,cri-3xk9v2m7q4wz8d1p\n',
    );
    const { exitCode, stdout } = await digest(['--file', path]);
    expect(exitCode).toBe(0);
    expect(linesOf(stdout).map(({ imageRegionId }) => imageRegionId)).toEqual(['cn-shanghai', 'cn-hangzhou']);
  });

  it('ends with the error when the keys are rejected, without a line for each reference', async () => {
    const environment = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' };
    const { exitCode, stdout, stderr } = await digest([CHECKOUT, CHECKOUT], { environment });
    expect([exitCode, stdout]).toEqual([8, '']);
    expect(stderr).toContain('SignatureDoesNotMatch');
  });

  it('looks up only what an earlier output does not have', async () => {
    const first = await digest([CHECKOUT, 'shop/nothing:1']);
    const earlier = file('earlier.ndjson', `${first.stdout}{"schemaVer`);
    emulator.reset();
    const { stdout } = await digest(['shop/checkout', CHECKOUT, 'shop/nothing:1', '--resume', earlier]);
    expect(linesOf(stdout).map(({ reference }) => reference)).toEqual([
      'shop/checkout',
      CHECKOUT,
      'shop/nothing:1',
    ]);
    expect(stdout.split('\n')[1]).toBe(first.stdout.split('\n')[0]);
    expect(operationsOf(emulator)).toEqual({ DescribeImageInstances: 2, DescribeImage: 1 });
  });
});

describe('digest of many references', () => {
  it('reads the pages of the inventory once with --source inventory', async () => {
    const emulator = await start(manyTags(500));
    const args = ['digest', '-', '--source', 'inventory'];
    const { exitCode, stdout } = await runCli(emulator.url, args, { stdin: referencesOf(500).join('\n') });
    expect(exitCode).toBe(0);
    expect(linesOf(stdout).map(({ digest }) => digest)).toEqual(digestsOf(500));
    expect(operationsOf(emulator)).toEqual({ DescribeImageInstances: 5 });
  });

  it('loses no line under throttling, resets and truncated answers', async () => {
    const emulator = await start(manyTags(400));
    const operation = 'DescribeImage';
    emulator.faults.add({ operation, probability: 0.1, effect: { kind: 'throttle', retryAfterMs: 1 } });
    emulator.faults.add({ operation, probability: 0.05, when: 'before', effect: { kind: 'reset' } });
    emulator.faults.add({ operation, probability: 0.05, effect: { kind: 'truncate' } });
    const { exitCode, stdout, stderr } = await runCli(emulator.url, ['digest', '-', '--retries', '20'], {
      stdin: referencesOf(400).join('\n'),
    });
    expect(linesOf(stdout).map(({ digest }) => digest)).toEqual(digestsOf(400));
    expect([exitCode, stderr]).toEqual([0, '400 of 400 digests, 0 failed\n']);
  });

  it('prints whole lines of the first references when it is interrupted', async () => {
    const emulator = await start(manyTags(300));
    const interruption = new AbortController();
    emulator.faults.add({ operation: 'DescribeImage', skip: 150, effect: { kind: 'hang' } });
    const running = runCli(emulator.url, ['digest', '-'], {
      stdin: referencesOf(300).join('\n'),
      signal: interruption.signal,
    });
    while ((operationsOf(emulator)['DescribeImage'] ?? 0) < 152)
      await new Promise((resolve) => setTimeout(resolve, 10));
    interruption.abort();
    const { exitCode, stdout, stderr } = await running;
    expect([exitCode, stderr]).toEqual([130, 'error: interrupted\n']);
    const lines = linesOf(stdout);
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.map(({ digest }) => digest)).toEqual(digestsOf(300).slice(0, lines.length));
  });
});
