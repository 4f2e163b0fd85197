import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.mjs';

/**
 * Runs `work` while no other process of this checkout does: two installations at once would tear each
 * other's files. The lock is a folder, because making one is atomic everywhere.
 *
 * @template Result
 * @param {string} folder
 * @param {{ onWait: () => void, pauseMs?: number, patienceMs?: number, wait?: (ms: number) => Promise<unknown> }} options
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(
  folder,
  { onWait, pauseMs = 200, patienceMs = 15 * 60_000, wait = sleep },
  work,
) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waitedMs = 0; !acquire(folder); waitedMs += pauseMs) {
    if (waitedMs === 0) onWait();
    if (waitedMs >= patienceMs) {
      throw new Failure('another installation in this checkout does not end', {
        where: folder,
        remedy: 'stop it, or remove that folder if nothing is running',
      });
    }
    await wait(pauseMs);
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
    if (isHeld(folder)) return false;
    rmSync(folder, { recursive: true, force: true });
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
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    return pid > 0 ? isAlive(pid) : isYoung(folder);
  } catch {
    return isYoung(folder);
  }
}

/**
 * The owner writes its id a moment after it made the folder; without one it died in between.
 *
 * @param {string} folder
 * @returns {boolean}
 */
function isYoung(folder) {
  try {
    return Date.now() - statSync(folder).mtimeMs < 10_000;
  } catch {
    return false;
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM'; // it lives, and belongs to somebody else
  }
}

/**
 * @param {unknown} error
 * @returns {unknown}
 */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
