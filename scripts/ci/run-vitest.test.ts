import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vitestCounts } from './run-vitest.ts';

const clean = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] };

describe('vitestCounts', () => {
  it('counts pending and todo tests as skipped', () => {
    expect(vitestCounts(report(clean))).toEqual({ passed: 7, failed: 0, skipped: 3 });
  });

  it('counts a file that does not load as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(vitestCounts(report({ ...clean, testResults })).failed).toBe(1);
  });

  it('counts a failed test once, not again for its file', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(vitestCounts(report({ ...clean, numFailedTests: 1, testResults })).failed).toBe(1);
  });

  it('rejects a report without counts', () => {
    expect(() => vitestCounts(report({ numFailedTests: 0 }))).toThrow('no number "numPassedTests"');
  });
});

function report(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'report-')), 'vitest.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}
