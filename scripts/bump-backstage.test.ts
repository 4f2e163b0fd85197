import { describe, expect, it } from 'vitest';
import { findMixedPackages, nextRange, updateCatalog } from './bump-backstage.ts';

describe('nextRange', () => {
  it.each([
    ['^1.10.1', '1.12.0', '^1.10.1'],
    ['^3.2.3', '4.0.0', '^3.2.3 || ^4.0.0'],
    ['^0.18.1', '0.19.0', '^0.18.1 || ^0.19.0'],
    ['^0.18.1 || ^1.0.0', '1.3.0', '^0.18.1 || ^1.0.0'],
    ['~0.0.26', '0.0.28', '~0.0.26'],
  ])('keeps what %s allows when a published package supports %s too', (range, version, expected) => {
    expect(nextRange(range, version, true)).toBe(expected);
  });

  it.each([
    ['^0.18.0', '0.19.0', '^0.19.0'],
    ['~0.0.35', '0.0.37', '~0.0.37'],
  ])('replaces %s when only the workspace uses %s', (range, version, expected) => {
    expect(nextRange(range, version, false)).toBe(expected);
  });
});

describe('updateCatalog', () => {
  it('changes the ranges of Backstage packages and nothing else', () => {
    const yaml = [
      '    "@backstage/ui": ^0.18.0',
      '    "@backstage/plugin-app": ^0.5.3',
      '    react: 18.3.1',
      '  "@backstage/frontend-dev-utils>@backstage/ui": "catalog:backstage"',
    ].join('\n');
    const versions = new Map([
      ['@backstage/ui', '0.20.0'],
      ['@backstage/plugin-app', '0.6.0'],
    ]);
    expect(updateCatalog(yaml, versions, new Set(['@backstage/ui']))).toBe(
      yaml.replace('^0.18.0', '^0.18.0 || ^0.20.0').replace('^0.5.3', '^0.6.0'),
    );
  });
});

describe('findMixedPackages', () => {
  it('returns packages with several versions, and ignores the same version with other peers', () => {
    const lockfile = `
packages:

  '@backstage/types@1.2.2':
    resolution: {}

  '@backstage/ui@0.18.0':
    resolution: {}

  '@backstage/ui@0.20.0':
    resolution: {}

snapshots:

  '@backstage/types@1.2.2': {}
`;
    expect(findMixedPackages(lockfile)).toEqual(['@backstage/ui']);
  });
});
