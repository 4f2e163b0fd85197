import type { Counts } from './step.ts';

/** Counts the promises of a step and prints the result of each. */
export class Tally {
  #passed = 0;
  #failed = 0;

  get counts(): Counts {
    return { passed: this.#passed, failed: this.#failed, skipped: 0 };
  }

  /** Adds the counts of another run. */
  add({ passed, failed }: Counts): void {
    this.#passed += passed;
    this.#failed += failed;
  }

  /** Tries one promise. Prints and counts a failure instead of throwing it. */
  async try(promise: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#passed += 1;
      console.log(`✓ ${promise}`);
    } catch (error) {
      this.#failed += 1;
      console.log(`✗ ${promise}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
