import { readFileSync } from 'node:fs';
import type { Counts } from './step.ts';

/**
 * Reads a report of vitest's `json` reporter.
 *
 * @throws when the file is missing or not such a report.
 */
export function vitestCounts(file: string): Counts {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const passed = numberIn(report, 'numPassedTests');
  const failed = numberIn(report, 'numFailedTests');
  const skipped = numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests');
  // A file that does not load has no tests, so the file counts.
  const failedToLoad = Math.max(0, suitesThatFailedToLoad(report));
  return { passed, failed: failed + failedToLoad, skipped };
}

function suitesThatFailedToLoad(report: unknown): number {
  if (!isRecord(report) || !Array.isArray(report['testResults'])) return 0;
  return report['testResults'].filter(
    (file: unknown) =>
      isRecord(file) &&
      file['status'] === 'failed' &&
      Array.isArray(file['assertionResults']) &&
      !file['assertionResults'].some((test: unknown) => isRecord(test) && test['status'] === 'failed'),
  ).length;
}

function numberIn(report: unknown, name: string): number {
  const value = isRecord(report) ? report[name] : undefined;
  if (typeof value !== 'number') throw new Error(`the report of vitest has no number "${name}"`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
