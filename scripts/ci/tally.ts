import type { Counts } from './step.ts';

/** Counts promises that are tried one after the other, and says of each how it went. */
export class Tally {
  #passed = 0;
  #failed = 0;

  get counts(): Counts {
    return { passed: this.#passed, failed: this.#failed, skipped: 0 };
  }

  /** Tries one promise. A failure is printed and counted, and the next one is tried all the same. */
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
