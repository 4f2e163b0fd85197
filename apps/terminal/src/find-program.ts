import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file behind a command, as the package that brings it says.
 *
 * @param manifestUrl - Of the package's package.json.
 * @throws Error when the package has no such command.
 */
export function findProgram(manifestUrl: string, command: string): string {
  const manifestFile = fileURLToPath(manifestUrl);
  const manifest: unknown = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const bin = isObject(manifest) ? manifest['bin'] : undefined;
  const file = isObject(bin) ? bin[command] : undefined;
  if (typeof file !== 'string') throw new Error(`${manifestFile}: there is no command ${command}`);
  return join(dirname(manifestFile), file);
}

/** @throws Error saying how to build it. */
export function requireBuilt(program: string): string {
  if (existsSync(program)) return program;
  throw new Error(`${program} is not built yet: npm run demo builds it, and so does pnpm build`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
