import { readFileSync } from 'node:fs';

/**
 * The code blocks of a README in one language, in order, without their fences.
 *
 * @throws when the file has none.
 */
export function codeBlocks(readme: string, language: string): readonly [string, ...string[]] {
  const blocks = readFileSync(readme, 'utf8').matchAll(
    new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'),
  );
  const [first, ...others] = Array.from(blocks, ([, code = '']) => code);
  if (first === undefined) throw new Error(`${readme}: no block of ${language}`);
  return [first, ...others];
}

/** The program for CommonJS: `require` for `import`, an async function for top-level `await`. */
export function asCommonJs(code: string): string {
  const imports = code.replace(
    /^import (\{[^}]*\}) from ('[^']+');$/gm,
    (_, names: string, from: string) => `const ${names.replaceAll(' as ', ': ')} = require(${from});`,
  );
  return `(async () => {\n${imports}\n})().catch((error) => {\n  console.error(error);\n  process.exitCode = 1;\n});\n`;
}
