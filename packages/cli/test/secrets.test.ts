import { createEmulator, type Emulator, type Seed } from '@describe-image/emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHECKOUT_IDS } from './demo-image.ts';
import { runCli } from './run-cli.ts';

const SECRET = 'sEcReT-0123456789abcdef';
const TOKEN = 'tOkEn-0123456789abcdef/+=';
const seed: Seed = {
  keys: [{ accessKeyId: 'STS.NotASecret000000', accessKeySecret: SECRET, securityToken: TOKEN }],
  registries: [
    {
      regionId: 'cn-hangzhou',
      instanceId: 'cri-3xk9v2m7q4wz8d1p',
      repositories: [
        {
          repoId: 'crr-a1c7e9k2m4p6r8t0',
          namespace: 'shop',
          name: 'checkout',
          tags: [{ tag: '1.4.2', history: [{ at: '2026-01-01T00:00:00Z', digest: 'a'.repeat(64) }] }],
        },
      ],
    },
  ],
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({ seed });
});
afterAll(() => emulator.close());

const COMMANDS = [
  ['digest', 'shop/checkout:1.4.2'],
  ['digest', 'shop/checkout:1.4.2', '--output', 'json'],
  ['digest', 'shop/checkout:1.4.2', '--output', 'table'],
  ['digest', ...CHECKOUT_IDS],
  ['images', '--output', 'table'],
  ['images', '--output', 'json'],
  ['images', '--output', 'ndjson'],
  ['explain', ...CHECKOUT_IDS],
  ['explain', ...CHECKOUT_IDS, '--output', 'json'],
  ['explain', 'images'],
  ['policy'],
  ['doctor'],
  ['doctor', '--output', 'json'],
];
/** One secret that the service accepts, and one that it rejects with an echo of the string to sign. */
const CASES = COMMANDS.flatMap((argv) =>
  [SECRET, `${SECRET}-wrong`].map((secret) => [argv.join(' '), argv, secret] as const),
);

it.each(CASES)('%s prints neither secret, token nor signature', async (_, argv, secret) => {
  const environment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.NotASecret000000',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_SECURITY_TOKEN: TOKEN,
  };
  const { stdout, stderr, exitCode } = await runCli(emulator.url, [...argv, '--verbose'], { environment });
  const sends = ['digest', 'images', 'doctor'].includes(argv[0] ?? '');
  expect(exitCode).toBe(sends && secret !== SECRET ? 8 : 0);
  const output = stdout + stderr;
  expect(output).not.toContain(SECRET);
  expect(output).not.toContain(TOKEN);
  expect(output).not.toContain(encodeURIComponent(TOKEN));
  expect(output).not.toMatch(/Signature=[0-9a-f]{16}/i);
  expect(output).not.toMatch(/ignature\W+[0-9a-f]{16}/);
});

it('--verbose prints every request, response and request id on stderr', async () => {
  const environment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.NotASecret000000',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: SECRET,
    ALIBABA_CLOUD_SECURITY_TOKEN: TOKEN,
  };
  const argv = ['digest', 'shop/checkout:1.4.2', '--verbose'];
  const { stdout, stderr } = await runCli(emulator.url, argv, { environment });
  expect(stdout).toBe(`sha256:${'a'.repeat(64)}\n`);
  expect(stderr.match(/^> POST .* DescribeImage/gm)).toHaveLength(2);
  expect(stderr.match(/^< 200 .* request id [0-9A-F-]{36}$/gm)).toHaveLength(2);
});
