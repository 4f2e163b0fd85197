#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { runCommand } from './command/run-command.ts';

const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';

const result = await runCommand(process.argv.slice(2), {
  version,
  stdout: (line) => process.stdout.write(`${line}\n`),
  stderr: (line) => process.stderr.write(`${line}\n`),
});

if (typeof result === 'number') {
  process.exitCode = result;
} else {
  const stop = (): void => void result.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
