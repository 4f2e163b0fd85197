import { type Counts, FAILED, type Step, summaryLine, total } from './step.ts';

interface Output {
  readonly print: (line: string) => void;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

/** Runs all steps, also after a failure, and prints one line with the sums at the end. */
export async function runSteps(steps: readonly Step[], { print, now }: Output): Promise<Counts> {
  const outcomes: { step: Step; counts: Counts; seconds: number }[] = [];
  for (const [index, step] of steps.entries()) {
    print(`\n━━━ ${index + 1}/${steps.length} ${step.title}\n`);
    const started = now();
    const counts = await countsOf(step, print);
    const seconds = (now() - started) / 1000;
    outcomes.push({ step, counts, seconds });
    print(
      `\n${counts.failed > 0 ? '✗' : '✓'} ${step.name}: ${summaryLine(counts)} (${seconds.toFixed(0)} s)`,
    );
  }

  const all = total(outcomes.map(({ counts }) => counts));
  print('\n━━━ Summary\n');
  for (const { step, counts, seconds } of outcomes) {
    const mark = counts.failed > 0 ? '✗' : '✓';
    print(`${mark} ${step.name.padEnd(16)} ${seconds.toFixed(0).padStart(4)} s  ${step.title}`);
  }
  print('');
  print(summaryLine(all));
  return all;
}

async function countsOf(step: Step, print: (line: string) => void): Promise<Counts> {
  try {
    return await step.run();
  } catch (error) {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return FAILED;
  }
}
