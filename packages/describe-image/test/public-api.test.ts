import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as node from '../src/index.ts';
import * as web from '../src/index-web.ts';

// The names of each entry point are in the API reports, api/*.api.md, which `pnpm check api` compares.
interface Manifest {
  readonly exports: object;
  readonly version: string;
}

const manifest: Manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

it('exports the same names for other runtimes as for Node', () => {
  expect(Object.keys(web).sort()).toEqual(Object.keys(node).sort());
});

it('has six entry points', () => {
  expect(Object.keys(manifest.exports).sort()).toEqual([
    '.',
    './credentials',
    './credentials/portable',
    './images',
    './package.json',
    './protocol',
    './transport',
  ]);
});

it('exports VERSION with the version of package.json', () => {
  expect(node.VERSION).toBe(manifest.version);
});
