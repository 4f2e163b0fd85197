/** How many things a step tried, and how they went. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One part of the whole: a promise that the project makes, and how it is tried. */
export interface Step {
  /** What is promised, as a heading. */
  readonly title: string;
  /** Its short name, to run it alone: `.ci/run <name>`. */
  readonly name: string;
  /** Prints what it does, and counts. Throwing is one failure. */
  readonly run: () => Promise<Counts>;
}

export const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** The sum of several counts. */
export function total(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The line that a reader, human or not, looks for at the end. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
