import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { CHECKOUT, CHECKOUT_DIGEST } from './demo-image.ts';
import { type CliSettings, runCli } from './run-cli.ts';

const SOURCES = fileURLToPath(new URL('manifests', import.meta.url));
const STOREFRONT_DIGEST = 'sha256:fa047611e46f';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

function copy(): { readonly folder: string; readonly read: (name: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-pin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(SOURCES, folder, { recursive: true });
  return { folder, read: (name) => readFileSync(join(folder, name), 'utf8') };
}
const original = (name: string) => readFileSync(join(SOURCES, name), 'utf8');
const run = (args: readonly string[], settings?: CliSettings) => runCli(emulator.url, args, settings);

it('pin writes the digests into the files of a folder and changes no other byte', async () => {
  const { folder, read } = copy();
  const { exitCode, stdout, stderr } = await run(['pin', folder]);
  expect(exitCode).toBe(0);
  for (const name of ['deployment.yaml', 'values.yaml']) {
    const pinned = read(name);
    expect(pinned).not.toBe(original(name));
    expect(pinned.replaceAll(/@?sha256:[0-9a-f]{64}/g, '')).toBe(original(name));
  }
  expect(read('deployment.yaml').match(new RegExp(`${CHECKOUT}@${CHECKOUT_DIGEST}`, 'g'))).toHaveLength(2);
  expect(read('values.yaml')).toContain(`tag: "1.4.2@${CHECKOUT_DIGEST}"`);
  expect(read('values.yaml')).toContain(`digest: "${STOREFRONT_DIGEST}`);
  expect(stdout.split('\n')[0]).toBe(
    `${folder}/deployment.yaml:14: ${CHECKOUT} (none) → ${CHECKOUT_DIGEST.slice(0, 19)}`,
  );
  expect(stderr).toContain(`kept: ${folder}/deployment.yaml:18: docker.io/library/envoy:1.30: `);
  expect(stderr).toMatch(/\n2 of 2 files changed, 5 images, 1 kept\n$/);
});

it('pin looks each reference up once, and does nothing the second time', async () => {
  const { folder, read } = copy();
  await run(['pin', folder]);
  expect(emulator.requests.filter(({ operation }) => operation === 'DescribeImage')).toHaveLength(2);
  const before = read('deployment.yaml');
  const again = await run(['pin', folder]);
  expect([again.exitCode, again.stdout]).toEqual([0, '']);
  expect(again.stderr).toContain('0 of 2 files changed');
  expect(read('deployment.yaml')).toBe(before);
});

it('pin updates a digest that has moved and prints the old and the new one', async () => {
  const { folder } = copy();
  await run(['pin', folder]);
  emulator.state.push({ instanceId: 'cri-3xk9v2m7q4wz8d1p', repository: 'shop/checkout', tag: '1.4.2' });
  const { stdout } = await run(['pin', folder, '--only', '*/checkout:*']);
  expect(stdout).toMatch(new RegExp(`${CHECKOUT_DIGEST.slice(0, 19)} → sha256:[0-9a-f]{12}\n`));
});

it('unpin restores the files, without keys', async () => {
  const { folder, read } = copy();
  await run(['pin', folder]);
  const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: undefined, ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined };
  expect((await run(['unpin', folder], { environment })).exitCode).toBe(0);
  for (const name of ['deployment.yaml', 'values.yaml']) expect(read(name)).toBe(original(name));
});

it('pin --check exits with 3 and writes nothing, and with 0 once everything is pinned', async () => {
  const { folder, read } = copy();
  const check = ['pin', '--check', folder];
  expect((await run(check)).exitCode).toBe(3);
  expect(read('deployment.yaml')).toBe(original('deployment.yaml'));
  await run(['pin', folder]);
  expect((await run(check)).exitCode).toBe(0);
  expect((await run([...check, '--strict'])).exitCode).toBe(4);
});

it('pin --diff prints a unified diff', async () => {
  const { folder } = copy();
  const { stdout } = await run(['pin', '--check', '--diff', join(folder, 'values.yaml')]);
  expect(stdout).toContain(`--- a/${folder}/values.yaml`);
  expect(stdout).toContain(`-  tag: "1.4.2"\n+  tag: "1.4.2@${CHECKOUT_DIGEST}"\n`);
});

it.each([
  ['--only', ['--only', '*/storefront:*'], ['storefront']],
  ['--exclude', ['--exclude', '*/checkout:*', '--exclude', '*'], []],
  ['--exclude', ['--exclude', '*/checkout:*'], ['storefront']],
])('pin %s selects references', async (_, args, names) => {
  const { folder } = copy();
  const { stdout } = await run(['pin', '--check', '-o', 'json', folder, ...args]);
  const { changes } = JSON.parse(stdout);
  const found = changes.map(({ reference }: { reference: string }) => /(\w+):/.exec(reference)?.[1]);
  expect([...new Set(found)]).toEqual(names);
});

it('pin exits with 7 and keeps an image that was not scanned with --require-scanned', async () => {
  const { folder, read } = copy();
  const path = join(folder, 'compose.yaml');
  writeFileSync(path, 'services: {a: {image: platform/base-node:nightly}}\n');
  const { exitCode, stderr } = await run(['pin', '--require-scanned', path]);
  expect(exitCode).toBe(7);
  expect(stderr).toContain('kept: ');
  expect(read('compose.yaml')).not.toContain('@');
});

it('pin writes no file when a request fails', async () => {
  const { folder, read } = copy();
  emulator.faults.add({ operation: 'DescribeImage', skip: 1, effect: { kind: 'html' } });
  const { exitCode } = await run(['pin', folder, '--retries', '0']);
  expect(exitCode).toBe(10);
  expect(read('deployment.yaml')).toBe(original('deployment.yaml'));
});

it('pin keeps the mode of a file and the link to it', async () => {
  const { folder } = copy();
  chmodSync(join(folder, 'values.yaml'), 0o640);
  symlinkSync('values.yaml', join(folder, 'link.values.yaml'));
  await run(['pin', join(folder, 'link.values.yaml')]);
  expect(lstatSync(join(folder, 'link.values.yaml')).isSymbolicLink()).toBe(true);
  expect(statSync(join(folder, 'values.yaml')).mode & 0o777).toBe(0o640);
});

it.each([
  ['pin', 'no files', ['pin'], /missing required argument 'files'/],
  ['pin', 'a path that does not exist', ['pin', '/no/such.yaml'], /no such file or folder/],
])('%s exits with 2 for %s', async (_, _what, args, message) => {
  const { exitCode, stderr } = await run(args);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
});
