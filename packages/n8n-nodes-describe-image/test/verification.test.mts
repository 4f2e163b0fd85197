import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
// With NODE_ENV=test, n8n's lint rules use the file names of their own tests.
const env = { ...process.env, NODE_ENV: 'production' };

it("passes n8n's official scan of the sources and the tarball, and every rule of its newest lint plugin", async () => {
  const { stdout } = await run(process.execPath, ['scripts/scan.mjs', inject('packageDirectory')], {
    cwd: root,
    env,
  });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    sources: { passed: true },
    tarball: { passed: true },
    everyRule: { passed: true, rules: expect.any(Number) },
  });
});

it('passes the strict lint of n8n-node', async () => {
  const command = join(root, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs');
  await run(process.execPath, [command, 'lint'], { cwd: root, env });
});

it('publishes the bundles, icons and codex files without dependencies', () => {
  const folder = inject('packageDirectory');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  expect(files).toEqual([
    'LICENSE',
    'README.md',
    'dist/credentials/DescribeImageAlibabaCloudRamApi.credentials.js',
    'dist/icons/describe-image.dark.svg',
    'dist/icons/describe-image.svg',
    'dist/nodes/DescribeImage/DescribeImage.node.js',
    'dist/nodes/DescribeImage/DescribeImage.node.json',
    'dist/nodes/DescribeImageTrigger/DescribeImageTrigger.node.js',
    'dist/nodes/DescribeImageTrigger/DescribeImageTrigger.node.json',
    'package.json',
  ]);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toBeUndefined();
  expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('names a reachable author, repository, homepage and issue tracker', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { author, repository, homepage, bugs } = manifest;
  for (const address of [author.email, author.url, repository.url, homepage, bugs])
    expect(address).toMatch(/^(git\+)?https:\/\/github\.com\/describe-image\/|@users\.noreply\.github\.com$/);
});

it("has a copy of the credential in the root of the repository, where n8n's Creator Portal reads it", () => {
  const file = 'credentials/DescribeImageAlibabaCloudRamApi.credentials.ts';
  expect(readFileSync(join(root, '../..', file), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'));
});
