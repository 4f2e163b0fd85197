import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The tracked and untracked files of the repository, without ignored ones, relative to its folder.
 *
 * @param patterns - Pathspecs of Git, e.g. `*.md`. @default all files
 */
export function listFiles(root: string, ...patterns: string[]): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  const output = execFileSync('git', options, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  // A file that was deleted but not yet committed is still listed.
  return [...new Set(output.split('\0'))]
    .filter((file) => file !== '' && existsSync(join(root, file)))
    .sort();
}
