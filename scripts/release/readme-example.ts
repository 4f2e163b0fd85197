import { readFileSync } from 'node:fs';

/**
 * The first TypeScript block of a README, without its fences.
 *
 * @throws when the file has none.
 */
export function firstExample(readme: string): string {
  const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(readme, 'utf8')) ?? [];
  if (code === undefined) throw new Error(`${readme}: no TypeScript block`);
  return code;
}

/** The same program for CommonJS: `require` for `import`, an async function for top-level `await`. */
export function asCommonJs(code: string): string {
  const imports = code.replace(
    /^import (\{[^}]*\}) from ('[^']+');$/gm,
    (_, names: string, from: string) => `const ${names.replaceAll(' as ', ': ')} = require(${from});`,
  );
  return `(async () => {\n${imports}\n})().catch((error) => {\n  console.error(error);\n  process.exitCode = 1;\n});\n`;
}
