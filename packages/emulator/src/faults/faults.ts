import type { ActiveFault, FaultRule } from './fault-rule.ts';
import { parseFaultRule } from './parse-fault-rule.ts';
import { seededRandom } from './seeded-random.ts';

/** What a rule can look at. */
export interface FaultTarget {
  readonly operation: string | undefined;
  readonly accessKeyId: string | undefined;
}

/**
 * The script of misbehaviour. Rules are tried in the order they were added, and at most one hits a request; so
 * `[{ times: 2, … }, { times: 1, … }]` fails twice one way, once another, and then succeeds.
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
   * Adds a rule behind those in force.
   *
   * @returns its id.
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

  /** Removes one rule, or all of them. @returns whether there was anything to remove. */
  clear(id?: number): boolean {
    const before = this.#active.length;
    this.#active = id === undefined ? [] : this.#active.filter((fault) => fault.id !== id);
    return this.#active.length < before;
  }

  /** The rules in force and what they have done so far, used-up ones included. */
  list(): ActiveFault[] {
    return this.#active.map((fault) => ({ ...fault }));
  }

  /** Back to the rules of the seed. */
  reset(): void {
    this.#active = [];
    this.#lastId = 0;
    for (const rule of this.#initial) this.add(rule);
  }

  /** Puts back rules and their counts. */
  restore(faults: readonly ActiveFault[]): void {
    this.#active = faults.map((fault) => ({ ...fault, rule: parseFaultRule(fault.rule) }));
    this.#lastId = Math.max(0, ...faults.map(({ id }) => id));
  }

  /** The rule that hits this request, counted as used; `undefined` when none does. */
  take(when: 'before' | 'after', target: FaultTarget): ActiveFault | undefined {
    for (const fault of this.#active) {
      if ((fault.rule.when ?? 'after') === when && matches(fault.rule, target) && this.#hits(fault))
        return fault;
    }
    return undefined;
  }

  #hits(fault: MutableFault): boolean {
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
