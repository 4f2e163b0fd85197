import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The file behind a command, as the package that brings it says.
 *
 * @throws Error when the package has no such command.
 */
export function findProgram(packageName: string, command: string): string {
  const manifestFile = require.resolve(`${packageName}/package.json`);
  const manifest: unknown = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const bin = isObject(manifest) ? manifest['bin'] : undefined;
  const file = isObject(bin) ? bin[command] : undefined;
  if (typeof file !== 'string') throw new Error(`${manifestFile}: there is no command ${command}`);
  return join(dirname(manifestFile), file);
}

/** @throws Error saying how to build it. */
export function findBuiltProgram(packageName: string, command: string): string {
  const program = findProgram(packageName, command);
  if (existsSync(program)) return program;
  throw new Error(`${program} is not built yet: npm run demo builds it, and so does pnpm build`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
