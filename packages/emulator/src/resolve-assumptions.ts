import { ASSUMPTIONS, type Assumption, type Assumptions } from './assumptions.ts';

/**
 * Applies defaults to a choice of assumptions.
 *
 * @throws {RangeError} naming the assumption and its values, when a name or a value is unknown.
 */
export function resolveAssumptions(chosen: Partial<Assumptions> = {}): Assumptions {
  const resolved: Record<string, string> = {};
  for (const [name, { default: value }] of Object.entries(ASSUMPTIONS)) resolved[name] = value;
  for (const [name, value] of Object.entries(chosen)) {
    if (value === undefined) continue;
    const known: Assumption<string> | undefined = Object.entries(ASSUMPTIONS).find(
      ([candidate]) => candidate === name,
    )?.[1];
    if (known === undefined) {
      throw new RangeError(`assumptions: "${name}" is not one of ${Object.keys(ASSUMPTIONS).join(', ')}`);
    }
    if (!known.values.includes(value)) {
      throw new RangeError(`assumptions.${name}: "${value}" is not one of ${known.values.join(', ')}`);
    }
    resolved[name] = value;
  }
  // Every name of the table was written above, each with one of its own values.
  return resolved as unknown as Assumptions;
}
