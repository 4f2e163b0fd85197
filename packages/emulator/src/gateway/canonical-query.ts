import type { Parameter } from './parse-parameters.ts';
import { percentEncode } from './percent-encode.ts';

/** The canonical query: every name and value encoded, sorted by decoded name, joined with `&`. */
export function canonicalQuery(parameters: readonly Parameter[]): string {
  return [...parameters]
    .sort(byNameThenValue)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

function byNameThenValue([nameA, valueA]: Parameter, [nameB, valueB]: Parameter): number {
  return compare(nameA, nameB) || compare(valueA, valueB);
}

// UTF-16 code units, as the vendor's own clients sort; localeCompare would put "_" and case elsewhere.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
