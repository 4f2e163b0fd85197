import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, CHECKOUT_DIGEST, CHECKOUT_IDS } from './demo-image.ts';
import { type CliSettings, runCli } from './run-cli.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());
const digest = (args: readonly string[], settings?: CliSettings) =>
  runCli(emulator.url, ['digest', ...args], settings);
const actions = () => emulator.requests.map(({ operation }) => operation);

describe('digest by the four ids', () => {
  it('prints only the digest', async () => {
    expect(await digest(CHECKOUT_IDS)).toEqual({ exitCode: 0, stdout: `${CHECKOUT_DIGEST}\n`, stderr: '' });
    expect(actions()).toEqual(['DescribeImage']);
  });

  it('names all missing flags and sends no request', async () => {
    const { exitCode, stdout, stderr } = await digest(['--region', 'cn-hangzhou', '--tag', '1.4.2']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('missing: --instance, --repo');
    expect(actions()).toEqual([]);
  });

  it('uses --image-region for the image when --region selects the endpoint', async () => {
    const [, , ...ids] = CHECKOUT_IDS;
    const args = ['--region', 'ap-southeast-1', '--image-region', 'cn-hangzhou', ...ids];
    expect((await digest(args)).stdout).toBe(`${CHECKOUT_DIGEST}\n`);
  });

  it('does not use ALIBABA_CLOUD_REGION_ID as the region of the image', async () => {
    const [, , ...ids] = CHECKOUT_IDS;
    const { exitCode, stderr } = await digest(ids, {
      environment: { ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('missing: --region');
  });

  it.each([
    ['--output ref', ['--output', 'ref']],
    ['--require-scanned', ['--require-scanned']],
    ['--source inventory', ['--source', 'inventory']],
    ['--resume', ['--resume', 'earlier.ndjson']],
  ])('rejects %s and sends no request', async (flag, args) => {
    const { exitCode, stderr } = await digest([...CHECKOUT_IDS, ...args]);
    expect([exitCode, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining(`${flag} requires`)]);
    expect(actions()).toEqual([]);
  });
});

describe('digest by a reference', () => {
  it('searches the inventory, then calls DescribeImage', async () => {
    expect(await digest([CHECKOUT])).toEqual({ exitCode: 0, stdout: `${CHECKOUT_DIGEST}\n`, stderr: '' });
    expect(actions()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it.each([
    [CHECKOUT, `${CHECKOUT}@${CHECKOUT_DIGEST}`],
    ['shop/checkout:1.4.2', `${CHECKOUT}@${CHECKOUT_DIGEST}`],
    ['shop/checkout', `${CHECKOUT.replace('1.4.2', 'latest')}@${CHECKOUT_DIGEST}`],
    [`shop/checkout:1.4.2@${CHECKOUT_DIGEST}`, `${CHECKOUT}@${CHECKOUT_DIGEST}`],
  ])('pins %s with --output ref, with the registry of the image', async (reference, pinned) => {
    expect(await digest([reference, '--output', 'ref'])).toEqual({
      exitCode: 0,
      stdout: `${pinned}\n`,
      stderr: '',
    });
  });

  it('lists the candidates of an ambiguous reference with the flags that select each', async () => {
    const { exitCode, stdout, stderr } = await digest(['shop/checkout:1.4.1']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 11, stdout: '' });
    const choices = stderr.split('\n').filter((line) => line.trim().startsWith('--'));
    expect(choices).toHaveLength(2);
    const picked = await Promise.all(
      choices.map((flags) => digest(['shop/checkout:1.4.1', ...flags.trim().split(' ')])),
    );
    expect(picked.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const { stdout } of picked) expect(stderr).toContain(stdout.trim());
    expect(new Set(picked.map(({ stdout }) => stdout)).size).toBe(2);
  });

  it('selects a candidate by --region', async () => {
    const { stdout } = await digest(['shop/checkout:1.4.1', '--region', 'cn-shanghai', '--output', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ imageRegionId: 'cn-shanghai' });
  });

  it('uses the region of the host name rather than --region', async () => {
    expect((await digest([CHECKOUT, '--region', 'ap-southeast-1'])).stdout).toBe(`${CHECKOUT_DIGEST}\n`);
  });

  it('resolves a custom registry domain when --instance names the registry', async () => {
    const reference = 'images.acme.example/shop/checkout:1.4.2';
    expect((await digest([reference])).exitCode).toBe(4);
    const answer = await digest([reference, '--instance', 'cri-3xk9v2m7q4wz8d1p', '--output', 'ref']);
    expect(answer).toEqual({ exitCode: 0, stdout: `${reference}@${CHECKOUT_DIGEST}\n`, stderr: '' });
  });

  it('names the nearest row and its difference for an unknown image', async () => {
    const { stderr } = await digest(['other.example/shop/checkout:1.4.2']);
    expect(stderr).toContain(
      'the similar row shop/checkout:1.4.2 in cn-hangzhou has the registry acme-registry',
    );
  });

  it('prints a warning and both digests when the sources disagree', async () => {
    const { exitCode, stdout, stderr } = await digest(['platform/base-node:nightly', '--output', 'json']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: the sources disagree; printed is the digest from DescribeImage:/);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ sourcesAgree: false, source: 'DescribeImage' });
    for (const { source, digest } of answer.sources) expect(stderr).toContain(`${source}: ${digest}`);
  });

  it.each(['digest', 'ref'])(
    'exits with 3 and prints no %s when the tag has another digest',
    async (output) => {
      const pinned = `sha256:${'a'.repeat(64)}`;
      const answer = await digest([`shop/checkout:1.4.2@${pinned}`, '--output', output]);
      expect({ exitCode: answer.exitCode, stdout: answer.stdout }).toEqual({ exitCode: 3, stdout: '' });
      expect(answer.stderr).toContain(`the tag has another digest, ${CHECKOUT_DIGEST}`);
    },
  );

  it('exits with 3 and prints both digests in JSON when the tag has another digest', async () => {
    const pinned = `sha256:${'a'.repeat(64)}`;
    const { exitCode, stdout } = await digest([`shop/checkout:1.4.2@${pinned}`, '--output', 'json']);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      digest: CHECKOUT_DIGEST,
      sources: expect.arrayContaining([
        { source: 'reference', digest: pinned, observedAt: null, requestId: null },
      ]),
    });
  });

  describe('for a tag that was deleted from the registry', () => {
    beforeEach(() => {
      emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'no-digest' } });
    });

    it('exits with 4 and names the last known digest', async () => {
      const { exitCode, stdout, stderr } = await digest([CHECKOUT]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
      expect(stderr).toContain(CHECKOUT_DIGEST);
      expect(stderr).toContain('--allow-last-known');
    });

    it('prints the last known digest with --allow-last-known', async () => {
      const { exitCode, stdout, stderr } = await digest([CHECKOUT, '--allow-last-known']);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${CHECKOUT_DIGEST}\n` });
      expect(stderr).toMatch(/^note: the digest is the last one in the inventory/);
    });

    it('exits with 7 with --require-live', async () => {
      const answer = await digest([CHECKOUT, '--allow-last-known', '--require-live']);
      expect([answer.exitCode, answer.stdout]).toEqual([7, '']);
      expect(answer.stderr).toContain('remove --require-live');
    });
  });

  it('calls only the inventory with --source inventory and prints its digest', async () => {
    const { stdout, stderr } = await digest(['platform/base-node:nightly', '--source', 'inventory']);
    expect(actions()).toEqual(['DescribeImageInstances']);
    expect(stdout).toBe('sha256:0bfcdf622003ef8139868907bd37f557b2ecd34bebe060120ac100a362a33841\n');
    expect(stderr).toMatch(/^note: the digest is the last one in the inventory/);
  });

  it('prints no digest of the inventory with --source live', async () => {
    const { stdout, stderr } = await digest(['platform/base-node:nightly', '--source', 'live', '-o', 'json']);
    expect(JSON.parse(stdout).sources.map(({ source }: { source: string }) => source)).toEqual([
      'DescribeImage',
    ]);
    expect(stderr).toBe('');
    expect((await digest(['library/nginx:1.27.3', '--source', 'live'])).exitCode).toBe(7);
  });

  it('exits with 7 with --require-scanned when another digest was scanned', async () => {
    const answer = await digest(['platform/base-node:nightly', '--require-scanned']);
    expect([answer.exitCode, answer.stdout]).toEqual([7, '']);
    expect(answer.stderr).toContain('remove --require-scanned');
  });

  it('exits with 0 with --require-live and --require-scanned for a scanned live digest', async () => {
    expect((await digest([CHECKOUT, '--require-live', '--require-scanned'])).exitCode).toBe(0);
  });

  it('prints a note when only the inventory has the digest', async () => {
    const { exitCode, stderr } = await digest(['library/nginx:1.27.3']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^note: the digest is the last one in the inventory/);
  });

  it.each([
    ['an unknown image', ['shop/nothing:1'], 4],
    ['an invalid reference', ['Shop/Checkout'], 2],
    ['a reference with --tag', ['shop/checkout', '--tag', '1.4.2'], 2],
    ['--output ref with several references', ['shop/checkout', 'shop/payments', '--output', 'ref'], 2],
    ['--tag with several references', ['shop/checkout', 'shop/payments', '--tag', '1'], 2],
    ['an empty file', ['--file', '/dev/null'], 2],
    ['a file that does not exist', ['--file', '/no/such/file'], 2],
  ])('exits with the right code for %s', async (_, args, exitCode) => {
    const answer = await digest(args);
    expect({ exitCode: answer.exitCode, stdout: answer.stdout }).toEqual({ exitCode, stdout: '' });
    expect(answer.stderr).toMatch(/^error: /);
  });
});

it('prints the same JSON fields for a reference and for ids', async () => {
  for (const named of [[CHECKOUT], CHECKOUT_IDS]) {
    const { stdout } = await digest([...named, '--output', 'json']);
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual([
      'schemaVersion',
      'source',
      'observedAt',
      'requestId',
      'endpoint',
      'digest',
      'reference',
      'repository',
      'tag',
      'imageRegionId',
      'imageInstanceId',
      'imageRepoId',
      'sources',
      'sourcesAgree',
      'state',
      'liveCheck',
      'image',
    ]);
    expect(answer).toMatchObject({
      schemaVersion: 1,
      source: 'DescribeImage',
      digest: CHECKOUT_DIGEST,
      tag: '1.4.2',
      imageRepoId: 'crr-a1c7e9k2m4p6r8t0',
      endpoint: new URL(emulator.url).host,
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      observedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  }
});

it('prints one line per field with --output table', async () => {
  const { stdout } = await digest([CHECKOUT, '--output', 'table']);
  expect(stdout).toContain(`DIGEST      ${CHECKOUT_DIGEST}\n`);
  expect(stdout).toContain('AGREE       yes\n');
});
