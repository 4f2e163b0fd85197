import type { Assumptions } from '../assumptions.ts';
import type { InventoryRow } from '../world/inventory-row.ts';
import { CRITERIA_FIELDS, type CriteriaItem } from './criteria.ts';

/** One search item as the criteria operations describe it. */
export interface CriteriaListItem {
  readonly Name: string;
  /** `input` for free text, `select` for a choice of `Values`. */
  readonly Type: 'input' | 'select';
  /** Joined by commas; empty for free text. */
  readonly Values: string;
}

/** Describes search items; with a text, only those under which some image matches it. */
export function criteriaList(
  names: readonly string[],
  value: string | undefined,
  rows: readonly InventoryRow[],
  assumptions: Assumptions,
): CriteriaListItem[] {
  const wanted = assumptions.criteriaValue === 'filter' ? (value ?? '').toLowerCase() : '';
  return names.flatMap((name) => {
    const item = CRITERIA_FIELDS[name];
    if (item === undefined || !rowsMatch(rows, item, wanted)) return [];
    return [{ Name: name, Type: item.type, Values: item.type === 'input' ? '' : choices(rows, item) }];
  });
}

function rowsMatch(rows: readonly InventoryRow[], { field }: CriteriaItem, wanted: string): boolean {
  if (wanted === '') return true;
  return rows.some((row) =>
    String(row[field] ?? '')
      .toLowerCase()
      .includes(wanted),
  );
}

function choices(rows: readonly InventoryRow[], { field }: CriteriaItem): string {
  if (field !== 'RegistryType') return 'NO,YES';
  return [...new Set(rows.map((row) => row.RegistryType))].sort().join(',');
}
