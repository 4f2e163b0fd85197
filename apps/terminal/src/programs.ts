import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program describe-image. */
export function cliProgram(): string {
  return findProgram(import.meta.resolve('@describe-image/cli/package.json'), 'describe-image');
}

/** The program describe-image-emulator. */
export function emulatorProgram(): string {
  return findProgram(import.meta.resolve('@describe-image/emulator/package.json'), 'describe-image-emulator');
}

/**
 * Finds the file of a command in the manifest of its package.
 *
 * @param manifestUrl - The URL of package.json.
 * @throws Error when the package has no such command.
 */
function findProgram(manifestUrl: string, command: string): string {
  const manifestFile = fileURLToPath(manifestUrl);
  const manifest: unknown = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const bin = isObject(manifest) ? manifest['bin'] : undefined;
  const file = isObject(bin) ? bin[command] : undefined;
  if (typeof file !== 'string') throw new Error(`${manifestFile}: bin has no command ${command}`);
  return join(dirname(manifestFile), file);
}

/** @throws Error with the command that builds the program, when it is not built. */
export function requireBuilt(program: string): string {
  if (existsSync(program)) return program;
  throw new Error(`${program}: is not built. Run: npm run build`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
