import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requiredVersions, satisfies } from './versions.mjs';

describe('requiredVersions', () => {
  it('reads Node from .node-version and pnpm from packageManager, where other tools look too', () => {
    const root = checkout('24.21.0\n', { packageManager: 'pnpm@12.21.0' });
    expect(requiredVersions(root)).toEqual({ node: '24.21.0', pnpm: '12.21.0' });
  });

  it('says which file is wrong when packageManager names something else', () => {
    const root = checkout('24.21.0', { packageManager: 'yarn@4.0.0' });
    expect(() => requiredVersions(root)).toThrow(
      '"packageManager" must name a version of pnpm (got "yarn@4.0.0")',
    );
  });
});

describe('satisfies', () => {
  it.each([
    ['the same version will do', '24.21.0', '24.21.0', 'minor', true],
    ['a newer minor will do', '12.30.1', '12.21.0', 'minor', true],
    ['an older minor will not do', '12.20.0', '12.21.0', 'minor', false],
    ['an older minor will do where only the major counts', '24.3.0', '24.21.0', 'major', true],
    ['another major will not do', '26.1.0', '24.21.0', 'major', false],
    ['a leading v is no obstacle', 'v24.21.0', '24.21.0', 'major', true],
    ['no version at all will not do', undefined, '24.21.0', 'major', false],
    ['words in place of a version will not do', 'command not found', '12.21.0', 'minor', false],
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
