// Runs both parts of n8n's official scan without the registry: the sources and the unpacked tarball.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const unpacked = process.argv[2] === undefined ? join(root, 'dist') : resolve(process.argv[2]);
const parts = {
  sources: await analyzePackage(root, SOURCE_FILE_PATTERNS),
  tarball: await analyzePackage(unpacked, ['**/*.js', 'package.json']),
};
process.stdout.write(`${JSON.stringify(parts)}\n`);
if (!Object.values(parts).every(({ passed }) => passed)) process.exitCode = 1;
