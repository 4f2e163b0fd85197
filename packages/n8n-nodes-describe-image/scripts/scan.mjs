// Runs both parts of n8n's official scan without the registry: the sources and the unpacked tarball. A third part applies every rule of
// n8n's newest lint plugin, also the rules that only warn or that n8n has not enabled yet.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import {
  analyzePackage,
  buildScanConfig,
  SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('..', import.meta.url));
const unpacked = process.argv[2] === undefined ? join(root, 'dist') : resolve(process.argv[2]);
const parts = {
  sources: await analyzePackage(root, SOURCE_FILE_PATTERNS),
  tarball: await analyzePackage(unpacked, ['**/*.js', 'package.json']),
  everyRule: await applyEveryRule(),
};
process.stdout.write(`${JSON.stringify(parts)}\n`);
if (!Object.values(parts).every(({ passed }) => passed)) process.exitCode = 1;

async function applyEveryRule() {
  const parsers = (await buildScanConfig()).filter(({ languageOptions }) => languageOptions?.parser);
  const rules = Object.entries(n8nCommunityNodesPlugin.rules).filter(([, { meta }]) => !meta?.deprecated);
  const eslint = new ESLint({
    cwd: root,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: [
      ...parsers,
      {
        files: ['**/*.ts', '**/*.json'],
        plugins: { newest: n8nCommunityNodesPlugin },
        rules: Object.fromEntries(rules.map(([name]) => [`newest/${name}`, 'error'])),
      },
    ],
  });
  const results = await eslint.lintFiles(['package.json', 'nodes/**/*.ts', 'credentials/**/*.ts']);
  const messages = results.flatMap(({ messages: found }) =>
    found.map(({ ruleId, message }) => `${ruleId}: ${message}`),
  );
  return { passed: messages.length === 0, rules: rules.length, ...(messages.length > 0 && { messages }) };
}
