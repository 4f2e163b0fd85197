import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * The versions of Node and pnpm, from the files that other tools read too.
 *
 * @param {string} root
 * @returns {{ node: string, pnpm: string }}
 */
export function requiredVersions(root) {
  const node = readFileSync(join(root, '.node-version'), 'utf8').trim();
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pnpm = /^pnpm@(\d+\.\d+\.\d+)/.exec(packageManager)?.[1];
  if (pnpm === undefined) {
    throw new Failure(`"packageManager" must name a version of pnpm (got "${packageManager}")`, {
      where: join(root, 'package.json'),
      remedy: 'write it as pnpm@<major>.<minor>.<patch>',
    });
  }
  return { node, pnpm };
}

/**
 * Whether a version can replace the required one: the same major, and with precision `minor` not older.
 *
 * @param {string | undefined} actual
 * @param {string} required
 * @param {'major' | 'minor'} precision
 * @returns {boolean}
 */
export function satisfies(actual, required, precision) {
  const [major, minor] = numbers(actual);
  const [requiredMajor, requiredMinor] = numbers(required);
  if (major === undefined || minor === undefined || requiredMinor === undefined) return false;
  return major === requiredMajor && (precision === 'major' || minor >= requiredMinor);
}

/**
 * @param {string | undefined} version
 * @returns {number[]}
 */
function numbers(version) {
  const match = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version?.trim() ?? '');
  return match === null ? [] : match.slice(1).map(Number);
}
