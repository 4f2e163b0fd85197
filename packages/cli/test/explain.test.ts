import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHECKOUT_IDS } from './demo-image.ts';
import { runCli } from './run-cli.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

it("explain prints every stage under the vendor's name, with curl and aliyun commands, and sends no request", async () => {
  const { exitCode, stdout, stderr } = await runCli(emulator.url, ['explain', ...CHECKOUT_IDS]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const stages = [
    'CanonicalRequest',
    'HTTPRequestMethod',
    'CanonicalURI',
    'CanonicalQueryString',
    'CanonicalHeaders',
    'SignedHeaders',
    'HashedRequestPayload',
    'HashedCanonicalRequest',
    'StringToSign',
    'Signature',
    'curl -X POST',
    'aliyun sas DescribeImage',
  ];
  const places = stages.map((stage) => stdout.indexOf(stage));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(stdout).toContain('ImageTag=1.4.2');
  expect(emulator.requests).toEqual([]);
});

it('explain without a command explains `digest`', async () => {
  const explain = async (...args: string[]) =>
    JSON.parse((await runCli(emulator.url, ['explain', ...args, ...CHECKOUT_IDS, '-o', 'json'])).stdout);
  const [implied, named] = [await explain(), await explain('digest')];
  expect(implied).toMatchObject({
    schemaVersion: 1,
    source: 'local',
    sent: false,
    requestId: null,
    observedAt: null,
    endpoint: new URL(emulator.url).host,
    explanation: { action: 'DescribeImage', ramAction: 'yundun-sas:DescribeImage' },
  });
  expect(named.explanation.canonicalQuery).toBe(implied.explanation.canonicalQuery);
});

it('explain images includes the conditions', async () => {
  const { stdout } = await runCli(emulator.url, [
    'explain',
    'images',
    '--repo-name',
    'checkout',
    '-o',
    'json',
  ]);
  const { explanation } = JSON.parse(stdout);
  expect(explanation.action).toBe('DescribeImageInstances');
  expect(explanation.aliyun).toContain('[{"name":"repoName","value":"checkout"}]');
});

it.each([
  ['a reference', ['shop/checkout:1.4.2']],
  ['a reference after digest', ['digest', 'shop/checkout:1.4.2']],
])('explain shows the inventory request of %s', async (_, args) => {
  const { exitCode, stdout } = await runCli(emulator.url, ['explain', ...args, '-o', 'json']);
  const { explanation } = JSON.parse(stdout);
  expect([exitCode, explanation.action]).toEqual([0, 'DescribeImageInstances']);
  expect(explanation.aliyun).toContain('{"name":"tag","value":"1.4.2"}');
  expect(emulator.requests).toEqual([]);
});

it.each([
  ['--access-key-id', ['--access-key-id', 'LTAI0123456789abcdef'], 'LTAI***cdef', ''],
  [
    'a placeholder',
    [],
    'Your***eyId',
    'note: no keys were found, so the signature is that of a placeholder key\n',
  ],
])('explain needs no keys and uses %s', async (_, args, accessKeyId, note) => {
  const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
  const argv = ['explain', ...CHECKOUT_IDS, ...args, '-o', 'json'];
  const { exitCode, stdout, stderr } = await runCli(emulator.url, argv, { environment });
  expect([exitCode, stderr]).toEqual([0, note]);
  expect(JSON.parse(stdout).explanation.accessKeyId).toBe(accessKeyId);
});

it('explain exits with 2 for several requests', async () => {
  const { exitCode, stderr } = await runCli(emulator.url, ['explain', 'images', 'shop/checkout']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('explain: expected one request, got images shop/checkout');
});

it.each([
  [
    'all commands',
    [],
    ['yundun-sas:DescribeImage', 'yundun-sas:DescribeImageInstances', 'yundun-sas:DescribeImageVulList'],
  ],
  [
    'vulns',
    ['vulns'],
    ['yundun-sas:DescribeImage', 'yundun-sas:DescribeImageInstances', 'yundun-sas:DescribeImageVulList'],
  ],
  ['images only', ['images'], ['yundun-sas:DescribeImageInstances']],
  [
    'doctor',
    ['doctor'],
    [
      'yundun-sas:DescribeImage',
      'yundun-sas:DescribeImageCriteria',
      'yundun-sas:DescribeImageInstances',
      'yundun-sas:DescribeImageRepoCriteria',
      'yundun-sas:DescribeImageVulList',
    ],
  ],
  ['a command given twice', ['images', 'images'], ['yundun-sas:DescribeImageInstances']],
])('policy prints the policy for %s and needs no keys', async (_, commands, actions) => {
  const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
  const { exitCode, stdout, stderr } = await runCli(emulator.url, ['policy', ...commands], { environment });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });
});
