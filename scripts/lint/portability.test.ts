import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/root.ts';
import { temporaryRepository } from '../workspace/temporary-repository.ts';

/** What the linter says of a file at this place with this text. */
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

describe('the pure half of core', () => {
  it.each(PURE)('is held to its rules in %s', (file) => {
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
  ])('may not say %s', (code) => {
    expect(lint(protocol, `${code};\n`)).toContain('noRestrictedGlobals');
  });

  it.each(['Date.now()', 'Math.random()', 'new Date()', 'crypto.randomUUID()'])(
    'may not read the clock or roll dice with %s',
    (code) => {
      expect(lint(protocol, `f(${code});\n`)).toContain('reads no clock');
    },
  );

  it.each(['node:fs', 'node:timers', 'undici', '@describe-image/emulator'])('may not import %s', (name) => {
    expect(lint(protocol, `import { x } from '${name}';\nx();\n`)).toContain('noRestrictedImports');
  });

  it('may import node:crypto and its own files, and make a date of what it was given', () => {
    const text =
      "import { createHmac } from 'node:crypto';\nimport { x } from './x.ts';\nimport { y } from '../y.ts';\n\nx(createHmac, y, new Date(0));\n";
    expect(lint(protocol, text)).not.toMatch(/noRestricted|reads no clock/);
  });

  it('has rules of its own: the client may do all of this', () => {
    const text = "import { request } from 'node:https';\n\nsetTimeout(request, Date.now());\n";
    expect(lint('packages/describe-image/src/client/a.ts', text)).not.toMatch(/noRestricted|reads no clock/);
  });
});
