import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/root.ts';
import { temporaryRepository } from '../workspace/temporary-repository.ts';

/** The linter's output for a file with this path and text. */
function lint(file: string, text: string): string {
  const rules = ['biome.json', 'scripts/lint/no-clock-or-chance.grit'];
  const settings = Object.fromEntries(rules.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
  const root = temporaryRepository({ ...settings, [file]: text });
  const command = [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'lint', file];
  const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  return stdout + stderr;
}

const PURE = ['protocol', 'operations', 'errors', 'images'].map(
  (folder) => `packages/describe-image/src/${folder}/a.ts`,
);
const [protocol = ''] = PURE;

describe('lint of the pure half of core', () => {
  it.each(PURE)('applies to %s', (file) => {
    expect(lint(file, 'setTimeout(f, 1);\n')).toContain('noRestrictedGlobals');
  });

  it.each([
    'clearTimeout(t)',
    'setInterval(f, 1)',
    'setImmediate(f)',
    'queueMicrotask(f)',
    'f(process.env)',
    'f(globalThis.x)',
    'f(global.x)',
    'console.log(1)',
    'fetch(u)',
  ])('rejects %s', (code) => {
    expect(lint(protocol, `${code};\n`)).toContain('noRestrictedGlobals');
  });

  it.each(['Date.now()', 'Math.random()', 'new Date()', 'crypto.randomUUID()'])(
    'rejects the clock and randomness of %s',
    (code) => {
      expect(lint(protocol, `f(${code});\n`)).toContain('reads no clock');
    },
  );

  it.each(['node:fs', 'node:timers', 'undici', '@describe-image/emulator'])(
    'rejects an import of %s',
    (name) => {
      expect(lint(protocol, `import { x } from '${name}';\nx();\n`)).toContain('noRestrictedImports');
    },
  );

  it('accepts node:crypto, own files and a date made from an argument', () => {
    const text =
      "import { createHmac } from 'node:crypto';\nimport { x } from './x.ts';\nimport { y } from '../y.ts';\n\nx(createHmac, y, new Date(0));\n";
    expect(lint(protocol, text)).not.toMatch(/noRestricted|reads no clock/);
  });

  it('does not apply to the client', () => {
    const text = "import { request } from 'node:https';\n\nsetTimeout(request, Date.now());\n";
    expect(lint('packages/describe-image/src/client/a.ts', text)).not.toMatch(/noRestricted|reads no clock/);
  });
});
