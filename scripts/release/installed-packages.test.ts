import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doubledPackages } from './installed-packages.ts';

describe('doubledPackages', () => {
  let app = '';

  beforeEach(() => {
    app = mkdtempSync(join(tmpdir(), 'doubled-'));
  });

  afterEach(() => rmSync(app, { recursive: true, force: true }));

  function install(path: string, version: string): void {
    mkdirSync(join(app, path), { recursive: true });
    writeFileSync(join(app, path, 'package.json'), JSON.stringify({ version }));
  }

  it('returns nothing for packages that are installed once', () => {
    install('node_modules/@backstage/ui', '0.20.0');
    install('node_modules/react', '18.3.1');
    expect([...doubledPackages(app)]).toEqual([]);
  });

  it('returns each copy of a package below another package and in a workspace', () => {
    install('node_modules/@backstage/ui', '0.20.0');
    install('node_modules/@describe-image/plugin/node_modules/@backstage/ui', '0.18.0');
    install('packages/app/node_modules/@backstage/ui', '0.20.0');
    const copies = doubledPackages(app).get('@backstage/ui') ?? [];
    expect([...copies].sort()).toEqual([
      '0.18.0 in node_modules/@describe-image/plugin/node_modules/@backstage/ui',
      '0.20.0 in node_modules/@backstage/ui',
      '0.20.0 in packages/app/node_modules/@backstage/ui',
    ]);
  });

  it('ignores doubles of packages that may have several copies', () => {
    install('node_modules/lodash', '4.17.21');
    install('node_modules/knex/node_modules/lodash', '4.17.20');
    expect([...doubledPackages(app)]).toEqual([]);
  });
});
