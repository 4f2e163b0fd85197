/** The number of passed, failed and skipped expectations. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One step of CI. */
export interface Step {
  /** The expected result, as a heading. */
  readonly title: string;
  /** Runs it alone: `.ci/run <name>`. */
  readonly name: string;
  /** Whether the packages of the workspace must be installed first. Other steps test the installation. @default false */
  readonly needsPackages?: boolean;
  /** Prints its progress and returns its counts. An exception counts as one failure. */
  readonly run: () => Promise<Counts>;
}

export const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** The sum of several counts. */
export function total(counts: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => counts.reduce((result, next) => result + next[name], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** Readers and programs search for this line at the end of the output. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Counts the expectations of a step and prints the result of each. */
export class Tally {
  #counts: Counts = { passed: 0, failed: 0, skipped: 0 };

  get counts(): Counts {
    return this.#counts;
  }

  /** Adds the counts of another run. */
  add(counts: Counts): void {
    this.#counts = total([this.#counts, counts]);
  }

  /** Tries one expectation. Prints and counts a failure instead of throwing it. */
  async try(expectation: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.add({ passed: 1, failed: 0, skipped: 0 });
      console.log(`✓ ${expectation}`);
    } catch (error) {
      this.add(FAILED);
      console.log(`✗ ${expectation}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
