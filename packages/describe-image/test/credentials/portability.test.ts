import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** Every file that an entry point loads. Type imports are removed when it is compiled. */
function filesOf(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const withoutTypes = readFileSync(entry, 'utf8').replace(/^(import|export) type [^;]*;/gm, '');
  for (const [, path = ''] of withoutTypes.matchAll(/from '(\.[^']+)'/g))
    filesOf(resolve(dirname(entry), path), seen);
  return seen;
}

it('uses no environment, file, timer, process or global outside of the Node host', () => {
  const files = filesOf(resolve(import.meta.dirname, '../../src/credentials/portable.ts'));
  expect(files.size).toBeGreaterThan(20);
  for (const file of files) {
    const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    expect(code, file).not.toMatch(
      /(?<![-\w])process\.|\bsetTimeout\b|\bsetInterval\b|\bglobalThis\b|\brequire\(/,
    );
    const builtins = [...code.matchAll(/'(node:\w+)'/g)].map((match) => match[1]);
    expect(
      builtins.filter((name) => name !== 'node:crypto'),
      file,
    ).toEqual([]);
  }
});
