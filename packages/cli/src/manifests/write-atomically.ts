import { randomBytes } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { outputError } from '../command-error.ts';

/** Replaces a file in one step, with its mode and behind its links. @throws CommandError for a file that cannot be written. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    // In the same folder, because a rename does not cross file systems.
    temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    await writeFile(temporary, text, { mode, flag: 'wx' });
    await rename(temporary, target);
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true });
    throw outputError(path, error instanceof Error ? error : new Error(String(error)));
  }
}
