// `.ci/run`: runs the steps of CI and prints the sums in the last line.
import { mkdirSync } from 'node:fs';
import { isProgram } from '../workspace/root.ts';
import { mustRun } from '../workspace/run-command.ts';
import { ARTIFACTS } from './machine.ts';
import { type Counts, FAILED, type Step, summaryLine, total } from './step.ts';
import { STEPS } from './steps.ts';

interface Output {
  readonly print: (line: string) => void;
  /** Milliseconds since any fixed time. */
  readonly now: () => number;
  /** Installs the packages of the workspace. */
  readonly install: () => Promise<unknown>;
}

/** Runs all steps, also after a failure, and prints one line with the sums at the end. */
export async function runSteps(steps: readonly Step[], { print, now, install }: Output): Promise<Counts> {
  const outcomes: { counts: Counts; summary: string }[] = [];
  for (const [index, step] of steps.entries()) {
    print(`\n━━━ ${index + 1}/${steps.length} ${step.title}\n`);
    const started = now();
    const counts = await countsOf(step, { print, install });
    const seconds = ((now() - started) / 1000).toFixed(0);
    const mark = counts.failed > 0 ? '✗' : '✓';
    outcomes.push({
      counts,
      summary: `${mark} ${step.name.padEnd(16)} ${seconds.padStart(4)} s  ${step.title}`,
    });
    print(`\n${mark} ${step.name}: ${summaryLine(counts)} (${seconds} s)`);
  }

  const all = total(outcomes.map(({ counts }) => counts));
  print('\n━━━ Summary\n');
  for (const { summary } of outcomes) print(summary);
  print('');
  print(summaryLine(all));
  return all;
}

async function countsOf(step: Step, { print, install }: Omit<Output, 'now'>): Promise<Counts> {
  try {
    if (step.needsPackages) await install();
    return await step.run();
  } catch (error) {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return FAILED;
  }
}

if (isProgram(import.meta)) {
  const names = process.argv.slice(2);
  const steps = STEPS.filter(({ name }) => names.length === 0 || names.includes(name));
  mkdirSync(ARTIFACTS, { recursive: true });
  const { failed } = await runSteps(steps, {
    print: console.log,
    now: () => performance.now(),
    // A job of CI runs one step, on a fresh clone.
    install: () => mustRun(['pnpm', 'install', '--frozen-lockfile', '--prefer-offline'], { quiet: true }),
  });
  // An unknown step must fail.
  process.exitCode = failed > 0 || steps.length === 0 ? 1 : 0;
}
