import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../workspace/list-projects.ts';
import { type CommandOptions, runCommand } from '../workspace/run-command.ts';
import { ARTIFACTS } from './machine.ts';
import type { Counts } from './step.ts';

/**
 * Runs a command that starts vitest, and counts the tests of its report.
 *
 * @throws when there is no report, because no test ran.
 */
export async function runVitest(
  name: string,
  command: readonly string[],
  options: CommandOptions = {},
): Promise<Counts> {
  const file = join(ARTIFACTS, `vitest-${name}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { exitCode } = await runCommand([...command, ...reporters], options);
  if (!existsSync(file)) throw new Error(`no test ran (exit code ${exitCode}); see the output above`);
  const counts = vitestCounts(file);
  // Vitest also fails for errors outside of tests, such as an unhandled rejection.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * Reads a report of vitest's `json` reporter. A file that does not load has no tests and counts as a failure.
 *
 * @throws when the file is missing or not such a report.
 */
export function vitestCounts(file: string): Counts {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const count = (name: string): number => {
    const value = isRecord(report) ? report[name] : undefined;
    if (typeof value !== 'number') throw new Error(`the report of vitest has no number "${name}"`);
    return value;
  };
  const files = isRecord(report) && Array.isArray(report['testResults']) ? report['testResults'] : [];
  return {
    passed: count('numPassedTests'),
    failed: count('numFailedTests') + files.filter(failedToLoad).length,
    skipped: count('numPendingTests') + count('numTodoTests'),
  };
}

function failedToLoad(file: unknown): boolean {
  if (!isRecord(file) || file['status'] !== 'failed') return false;
  const tests: unknown = file['assertionResults'];
  return (
    Array.isArray(tests) && !tests.some((test: unknown) => isRecord(test) && test['status'] === 'failed')
  );
}
