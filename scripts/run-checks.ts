import type { Check } from './check-list.ts';
import type { CommandResult } from './workspace/run-command.ts';

type Result = Pick<CommandResult, 'exitCode' | 'output'>;

interface Surroundings {
  /** Runs Node with these arguments. */
  readonly run: (command: readonly string[]) => Promise<Result>;
  /** Node's arguments to build the packages. */
  readonly build: readonly string[];
  readonly print: (line: string) => void;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

/** How many at once: they are short, and machines of two cores are common in CI. */
const AT_ONCE = 2;

/**
 * Runs the checks and prints one line for each as it ends, then the output of those that failed. The output
 * of a single check is printed in any case.
 */
export async function runChecks(
  checks: readonly Check[],
  { run, build, print, now }: Surroundings,
): Promise<{ passed: number; failed: number }> {
  const built = checks.some(({ needsBuild }) => needsBuild) ? run(build) : undefined;
  const failures: { check: Check; output: string }[] = [];
  const waiting = [...checks];

  async function work(): Promise<void> {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = now();
      const { exitCode, output } = await runOne(check, built, run);
      const seconds = ((now() - started) / 1000).toFixed(1);
      print(
        `${exitCode === 0 ? '✓' : '✗'} ${check.name.padEnd(10)} ${exitCode === 0 ? lastLine(output) : 'failed, see below'} (${seconds} s)`,
      );
      if (exitCode !== 0) failures.push({ check, output });
      else if (checks.length === 1) print(output.trimEnd());
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  for (const { check, output } of failures) {
    print(`\n━━━ ${check.name}\n`);
    print(output.trimEnd());
    print(`\nWhat to do: ${check.remedy}. Again: pnpm check ${check.name}`);
  }
  return { passed: checks.length - failures.length, failed: failures.length };
}

async function runOne(
  check: Check,
  built: Promise<Result> | undefined,
  run: Surroundings['run'],
): Promise<Result> {
  if (check.needsBuild && built !== undefined) {
    const { exitCode, output } = await built;
    if (exitCode !== 0) return { exitCode, output: `the packages do not build\n${output}` };
  }
  return run(check.command);
}

function lastLine(output: string): string {
  const line = output.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line.length > 90 ? `${line.slice(0, 87)}…` : line;
}
