import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from './with-lock.mjs';

const newLock = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock');
const quiet = { onWait: () => {} };

describe('withLock', () => {
  it('runs one at a time', async () => {
    const lock = newLock();
    let inside = 0;
    let most = 0;
    const visit = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(lock, { ...quiet, pauseMs: 1 }, visit)));
    expect(most).toBe(1);
  });

  it('releases the lock when the work fails', async () => {
    const lock = newLock();
    await expect(withLock(lock, quiet, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes the lock of a killed run', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const lock = newLock();
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(dead));
    expect(await withLock(lock, { ...quiet, pauseMs: 1 }, () => Promise.resolve('done'))).toBe('done');
  });

  it('names the folder when the other run does not end', async () => {
    const lock = newLock();
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    const noTime = { ...quiet, timeoutMs: 0 };
    await expect(withLock(lock, noTime, () => Promise.resolve())).rejects.toMatchObject({
      details: { where: lock },
    });
  });

  it('reports the wait once', async () => {
    const lock = newLock();
    let reports = 0;
    const options = { onWait: () => reports++, pauseMs: 1 };
    await Promise.all(
      [1, 2].map(() => withLock(lock, options, () => new Promise((done) => setTimeout(done, 20)))),
    );
    expect(reports).toBe(1);
  });
});
