import { createHash } from 'node:crypto';
import type { ActiveFault, FaultRule } from './fault-rule.ts';
import { parseFaultRule } from './parse-fault-rule.ts';

/** The properties of a request that rules match. */
export interface FaultTarget {
  readonly operation: string | undefined;
  readonly accessKeyId: string | undefined;
}

/**
 * The active fault rules. They are tried in the order in which they were added, and at most one applies to a request:
 * `[{ times: 2, … }, { times: 1, … }]` fails twice in one way, once in another, and then succeeds.
 *
 * @public
 */
export class Faults {
  readonly #seed: string;
  readonly #initial: readonly FaultRule[];
  #active: MutableFault[] = [];
  #lastId = 0;

  constructor(seed: string, initial: readonly FaultRule[]) {
    this.#seed = seed;
    this.#initial = initial;
    this.reset();
  }

  /**
   * Adds a rule after the active ones.
   *
   * @returns the id of the rule.
   * @throws {RangeError} when the rule does not have the documented shape.
   *
   * @example
   * ```ts
   * import { createEmulator } from '@describe-image/emulator';
   *
   * const emulator = await createEmulator();
   * emulator.faults.add({ operation: 'DescribeImage', times: 2, effect: { kind: 'error', code: 'ServiceUnavailable' } });
   * ```
   */
  add(rule: FaultRule): number {
    this.#lastId += 1;
    this.#active.push({ id: this.#lastId, rule: parseFaultRule(rule), matched: 0, applied: 0 });
    return this.#lastId;
  }

  /** Removes one rule, or all of them. @returns whether a rule was removed. */
  clear(id?: number): boolean {
    const before = this.#active.length;
    this.#active = id === undefined ? [] : this.#active.filter((fault) => fault.id !== id);
    return this.#active.length < before;
  }

  /** The rules and their counts, including rules that have reached their `times`. */
  list(): ActiveFault[] {
    return this.#active.map((fault) => ({ ...fault }));
  }

  /** Restores the rules of the seed. */
  reset(): void {
    this.#active = [];
    this.#lastId = 0;
    for (const rule of this.#initial) this.add(rule);
  }

  /** Restores rules and their counts. */
  restore(faults: readonly ActiveFault[]): void {
    this.#active = faults.map((fault) => ({ ...fault, rule: parseFaultRule(fault.rule) }));
    this.#lastId = Math.max(0, ...faults.map(({ id }) => id));
  }

  /** Returns the rule that applies to this request and counts it, or `undefined`. */
  take(when: 'before' | 'after', target: FaultTarget): ActiveFault | undefined {
    for (const fault of this.#active) {
      if ((fault.rule.when ?? 'after') === when && matches(fault.rule, target) && this.#applies(fault))
        return fault;
    }
    return undefined;
  }

  #applies(fault: MutableFault): boolean {
    const { skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = fault.rule;
    if (fault.applied >= times) return false;
    fault.matched += 1;
    if (fault.matched <= skip) return false;
    if (probability < 1 && seededRandom(`${this.#seed}\nfault ${fault.id}`, fault.matched) >= probability)
      return false;
    fault.applied += 1;
    return true;
  }
}

type MutableFault = { -readonly [Name in keyof ActiveFault]: ActiveFault[Name] };

function matches(rule: FaultRule, target: FaultTarget): boolean {
  return (
    (rule.operation === undefined || rule.operation === target.operation) &&
    (rule.accessKeyId === undefined || rule.accessKeyId === target.accessKeyId)
  );
}

/** A pseudo-random number from 0 to 1 that depends on the name and the position only. */
function seededRandom(name: string, position: number): number {
  return createHash('sha256').update(`${name}\n${position}`).digest().readUInt32BE(0) / 2 ** 32;
}
