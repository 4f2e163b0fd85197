import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandOptions, runCommand } from '../workspace/run-command.ts';
import { ARTIFACTS } from './machine.ts';
import type { Counts } from './step.ts';
import { vitestCounts } from './vitest-counts.ts';

/** The arguments for a report besides the printed output. */
function reporting(file: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

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
  const { exitCode } = await runCommand([...command, ...reporting(file)], options);
  if (!existsSync(file)) throw new Error(`no test ran (exit code ${exitCode}); see the output above`);
  const counts = vitestCounts(file);
  // Vitest also fails for errors outside of tests, such as an unhandled rejection.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
