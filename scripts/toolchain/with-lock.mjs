import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './run-program.mjs';

/**
 * Runs `work` while no other process of this checkout does, because concurrent installations damage each
 * other's files. The lock is a folder: `mkdir` is atomic on all systems.
 *
 * @template Result
 * @param {string} folder
 * @param {{ onWait: () => void, pauseMs?: number, timeoutMs?: number }} options
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(folder, { onWait, pauseMs = 200, timeoutMs = 15 * 60_000 }, work) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waitedMs = 0; !acquire(folder); waitedMs += pauseMs) {
    if (waitedMs === 0) onWait();
    if (waitedMs >= timeoutMs) {
      throw new Failure('another installation in this checkout does not end', {
        where: folder,
        remedy: 'stop it, or remove that folder if no installation is running',
      });
    }
    await sleep(pauseMs);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
function acquire(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (!isHeld(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
function isHeld(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')) || Number.NaN, 0);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EPERM') return true; // the process runs as another user
    if (codeOf(error) === 'ESRCH') return false;
    // Without a pid, its owner has just created the folder or was killed.
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - made < 10_000;
  }
}

/**
 * @param {unknown} error
 * @returns {unknown}
 */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
