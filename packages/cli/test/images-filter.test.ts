import { createEmulator, type Emulator } from '@describe-image/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());
const images = (args: readonly string[]) => runCli(emulator.url, ['images', ...args]);
const names = async (...args: string[]) =>
  JSON.parse((await images([...args, '--output', 'json'])).stdout).images.map(
    ({ repoName, tag }: { repoName: string; tag: string }) => `${repoName}:${tag}`,
  );

describe('images conditions', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['--repo-name', ['--repo-name', 'payments'], ['payments:0.9.0', 'payments:0.8.1', 'payments:0.8.0']],
    ['--namespace', ['--namespace', 'library'], ['nginx:1.27.3']],
    ['--tag', ['--tag', 'nightly'], ['base-node:nightly']],
    ['--region', ['--region', 'cn-shanghai'], ['checkout:1.4.1']],
    ['--image-region', ['--region', 'ap-southeast-1', '--image-region', 'cn-shanghai'], ['checkout:1.4.1']],
    ['--instance', ['--instance', '39010517'], ['batch-report:build-318']],
    ['--repo', ['--repo', 'crr-e5g1i3k6m8o0q2u4'], ['checkout:1.4.1']],
    [
      '--digest',
      ['--digest', 'a322bcb3b2b137b208c51f76678f760e1d55fbbb7482e772076d109105b3f17f'],
      ['checkout:latest', 'checkout:1.4.2'],
    ],
    ['--risk', ['--risk', '--namespace', 'platform'], ['base-node:nightly', 'base-node:24-slim']],
    ['--not-scanned', ['--not-scanned'], ['payments:0.9.0', 'storefront:3.0.0-rc.1']],
    ['--newest', ['--newest', '--limit', '2'], ['payments:0.9.0', 'base-node:nightly']],
  ])('%s selects images', async (_, args, expected) => {
    expect(await names(...args)).toEqual(expected);
  });

  it('--scanned excludes images that were not scanned yet', async () => {
    expect(await names('--scanned')).toHaveLength(11);
  });

  it('rejects conditions that exclude each other', async () => {
    expect((await images(['--scanned', '--not-scanned'])).exitCode).toBe(2);
  });
});
