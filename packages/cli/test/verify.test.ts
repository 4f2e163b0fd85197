import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import Ajv from 'ajv-draft-04';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runningDigest } from '../src/verify/kubectl-images.ts';
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { type CliSettings, runCli } from './run-cli.ts';

const DEPLOYMENT = fileURLToPath(new URL('manifests/deployment.yaml', import.meta.url));
const OTHER = `sha256:${'a'.repeat(64)}`;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());
const verify = (args: readonly string[], settings?: CliSettings) =>
  runCli(emulator.url, ['verify', ...args], settings);
const checksOf = async (args: readonly string[], settings?: CliSettings) => {
  const { exitCode, stdout } = await verify([...args, '--output', 'json'], settings);
  const document = JSON.parse(stdout);
  expect(document.exitCode).toBe(exitCode);
  return { exitCode, checks: document.checks };
};

it.each([
  ['match', 0, [`${CHECKOUT}@${CHECKOUT_DIGEST}`]],
  ['match', 0, [CHECKOUT, '--expect', CHECKOUT_DIGEST]],
  ['match', 0, [CHECKOUT, '--expect', CHECKOUT_DIGEST.replace('sha256:', '')]],
  ['match', 0, [`shop/checkout@${CHECKOUT_DIGEST}`, '--repo', 'crr-a1c7e9k2m4p6r8t0']],
  ['mismatch', 3, [`${CHECKOUT}@${OTHER}`]],
  ['missing', 4, ['shop/nothing:1']],
  ['missing', 4, [`shop/checkout@${OTHER}`]],
  ['error', 11, ['shop/checkout:1.4.1']],
  ['error', 2, ['Not/Valid']],
  ['unpinned', 0, [CHECKOUT]],
  ['not-acceptable', 7, [CHECKOUT, '--require-pinned']],
  ['not-acceptable', 7, ['library/nginx:1.27.3', '--require-live']],
  ['not-acceptable', 7, ['platform/base-node:nightly', '--require-scanned']],
  ['not-acceptable', 7, ['shop/storefront:2.9.0', '--fail-on', 'risky']],
  ['not-acceptable', 7, ['shop/storefront:2.9.0', '--fail-on', 'asap']],
  ['not-acceptable', 7, ['platform/base-node:24-slim', '--fail-on', 'stale']],
  ['not-acceptable', 7, ['shop/payments:0.9.0', '--fail-on', 'risky']],
  ['not-acceptable', 7, ['shop/payments:0.9.0', '--fail-on', 'asap']],
  ['unpinned', 0, [CHECKOUT, '--fail-on', 'risky,stale,asap,later', '--require-live', '--require-scanned']],
])('reports %s with exit code %i for %j', async (status, exitCode, args) => {
  const result = await checksOf(args);
  expect([result.checks[0].status, result.exitCode]).toEqual([status, exitCode]);
  expect(result.checks[0].reason === null).toBe(status === 'match');
});

it('reports the digest of the inventory for a deleted tag', async () => {
  emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'no-digest' } });
  const { exitCode, checks } = await checksOf([`${CHECKOUT}@${CHECKOUT_DIGEST}`]);
  expect(exitCode).toBe(4);
  expect(checks[0]).toMatchObject({ status: 'missing', live: null, inventory: CHECKOUT_DIGEST });
});

it('exits with the code of the most serious check: mismatch, missing, error, not acceptable', async () => {
  const images = [CHECKOUT, 'shop/checkout:1.4.1', 'shop/nothing:1', `${CHECKOUT}@${OTHER}`];
  const exitCodes = [];
  for (let count = 1; count <= images.length; count++)
    exitCodes.push((await verify([...images.slice(0, count), '--require-pinned'])).exitCode);
  expect(exitCodes).toEqual([7, 11, 4, 3]);
});

it('reads the images of manifests with their lines, and looks each up once', async () => {
  const { exitCode, checks } = await checksOf([DEPLOYMENT, '--exclude', 'docker.io/*']);
  expect(exitCode).toBe(0);
  expect(
    checks.map(({ reference, places }: { reference: string; places: object[] }) => [reference, places]),
  ).toEqual([
    [
      CHECKOUT,
      [
        { name: DEPLOYMENT, line: 14 },
        { name: DEPLOYMENT, line: 16 },
      ],
    ],
    [expect.stringContaining('storefront'), [{ name: DEPLOYMENT, line: 31 }]],
  ]);
  expect(emulator.requests.filter(({ operation }) => operation === 'DescribeImage')).toHaveLength(2);
});

describe('verify of pods', () => {
  const pod = (image: string, imageID: string, name = 'checkout-1') => ({
    metadata: { namespace: 'shop', name },
    spec: { containers: [{ name: 'app', image }] },
    status: { containerStatuses: [{ name: 'app', image, imageID }] },
  });
  const verifyPods = (...items: readonly object[]) =>
    checksOf(['-'], { stdin: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });

  it('compares the running digest with that of the tag and merges replicas', async () => {
    const { exitCode, checks } = await verifyPods(
      pod(CHECKOUT, `${CHECKOUT.replace(':1.4.2', '')}@${CHECKOUT_DIGEST}`),
      pod(CHECKOUT, `docker-pullable://${CHECKOUT.replace(':1.4.2', '')}@${CHECKOUT_DIGEST}`, 'checkout-2'),
      pod(CHECKOUT, `docker.io/other@${OTHER}`, 'checkout-3'),
      pod(CHECKOUT, '', 'checkout-4'),
    );
    expect(exitCode).toBe(3);
    expect(checks).toMatchObject([
      { status: 'match', running: CHECKOUT_DIGEST, places: [{ name: 'shop/checkout-1 app' }, {}] },
      { status: 'mismatch', running: OTHER, reason: expect.stringContaining(`${OTHER} runs`) },
      { status: 'unpinned', running: null },
    ]);
  });

  it('exits with 2 for stdin that is not JSON', async () => {
    expect((await verify(['-'], { stdin: '{"kind": "List"' })).exitCode).toBe(2);
  });

  it.each([
    [`docker-pullable://r.example/a@${OTHER}`, OTHER],
    [`docker.io/library/a@${OTHER}`, OTHER],
    [`r.example:5000/a@${OTHER}`, OTHER],
    [OTHER, undefined],
    [`docker://${OTHER}`, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads the imageID %s as %s', (imageId, digest) => {
    expect(runningDigest(imageId)).toBe(digest);
  });
});

describe('verify --output', () => {
  const images = [`${CHECKOUT}@${CHECKOUT_DIGEST}`, `${CHECKOUT}@${OTHER}`, 'shop/nothing:1', CHECKOUT];

  it('table prints one line per image, then the reasons', async () => {
    const { stdout, stderr } = await verify(images);
    const [titles = '', ...lines] = stdout.split('\n');
    expect(titles.split(/ {2,}/)).toEqual([
      'STATUS',
      'IMAGE',
      'DECLARED',
      'LIVE',
      'INVENTORY',
      'SCAN',
      'PLACE',
    ]);
    expect(lines.slice(0, 4).map((line) => line.split(' ')[0])).toEqual([
      'match',
      'mismatch',
      'missing',
      'unpinned',
    ]);
    expect(stdout).toContain(`\n\n${CHECKOUT}: the tag has ${CHECKOUT_DIGEST}, but ${OTHER} is declared\n`);
    expect(stderr).toBe('2 of 4 images verified, 2 failed\n');
  });

  it('table is a list in 60 columns', async () => {
    const { stdout } = await verify([CHECKOUT], { isTTY: true, columns: 60, environment: { NO_COLOR: '1' } });
    expect(stdout).toBe(
      `unpinned ${CHECKOUT}\n  DECLARED  ?\n  LIVE      a322bcb3b2b1\n  INVENTORY a322bcb3b2b1\n  SCAN      clean\n  PLACE     command line\n`,
    );
  });

  it('sarif is a valid log with a result for each image that does not match', async () => {
    const log = JSON.parse((await verify([...images, DEPLOYMENT, '-o', 'sarif'])).stdout);
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const results = log.runs[0].results;
    expect(results.slice(0, 2)).toMatchObject([
      { ruleId: 'mismatch', level: 'error' },
      { ruleId: 'missing', level: 'error' },
    ]);
    expect(results[2]).toMatchObject({ ruleId: 'unpinned', level: 'note' });
    expect(results[2].locations.at(-1).physicalLocation.region.startLine).toBe(16);
  });

  it('junit has a failure for each image that failed', async () => {
    const { stdout } = await verify([...images, '-o', 'junit']);
    expect(stdout).toContain('<testsuites tests="4" failures="2">');
    expect(
      stdout.match(/<testcase [^>]*><failure type="(mismatch|missing)" message="[^"]+"\/><\/testcase>/g),
    ).toHaveLength(2);
  });

  it('markdown is a table with the number of failures', async () => {
    const { stdout } = await verify([...images, '-o', 'markdown']);
    expect(stdout).toMatch(/^## Image digests: 2 of 4 failed\n\n\| status \|/);
    expect(stdout.match(/^\| (match|mismatch|missing|unpinned) \| `/gm)).toHaveLength(4);
  });

  it('github prints an annotation with file and line', async () => {
    const { stdout } = await verify([DEPLOYMENT, '--only', 'docker.io/*', '-o', 'github']);
    expect(stdout).toMatch(
      /^::error file=.*deployment\.yaml,line=18,title=[^:]+::docker\.io\/library\/envoy:1\.30: [^\n]+\n$/,
    );
  });
});

it.each([
  ['an invalid --expect', [CHECKOUT, '--expect', 'abc'], '--expect: expected a digest'],
  [
    '--expect with two references',
    [CHECKOUT, 'shop/a:1', '--expect', OTHER],
    '--expect requires exactly one',
  ],
  [
    'an unknown value of --fail-on',
    [CHECKOUT, '--fail-on', 'high'],
    '--fail-on: expected risky, stale, asap, later',
  ],
  ['a file that does not exist', ['deploy.yaml'], 'deploy.yaml: no such file or folder'],
])('exits with 2 for %s', async (_, args, message) => {
  const { exitCode, stderr } = await verify(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
