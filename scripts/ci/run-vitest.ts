import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS } from './machine.ts';
import { type CommandOptions, runCommand } from './run-command.ts';
import type { Counts } from './step.ts';
import { vitestCounts } from './vitest-counts.ts';

/** The arguments that make vitest leave a report besides what it prints. */
function reporting(file: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

/**
 * Runs a command that ends in vitest, and counts the tests from its report.
 *
 * @throws when vitest left no report: then it never came to the tests.
 */
export async function runVitest(
  name: string,
  command: readonly string[],
  options: CommandOptions = {},
): Promise<Counts> {
  const file = join(ARTIFACTS, `vitest-${name}.json`);
  rmSync(file, { force: true }); // an older report must not speak for this run
  const { exitCode } = await runCommand([...command, ...reporting(file)], options);
  if (!existsSync(file))
    throw new Error(`the tests never began (exit code ${exitCode}); what is above says why`);
  const counts = vitestCounts(file);
  // Vitest also fails for what happens outside any test, such as a rejection that nobody handled.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
