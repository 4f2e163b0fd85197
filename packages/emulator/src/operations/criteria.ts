import { z } from 'zod';
import type { Assumptions } from '../assumptions.ts';
import { ApiError } from '../gateway/api-error.ts';
import type { InventoryRow } from '../world/inventory.ts';

/** One condition: a search item, a value, and how it is combined with other values of the same item. */
export interface Criterion {
  readonly name: string;
  readonly value: string;
  readonly logicalExp: 'AND' | 'OR';
}

/** A search item: the field that it searches, and whether it is free text or a choice. */
export interface CriteriaItem {
  readonly field: keyof InventoryRow;
  readonly type: 'input' | 'select';
}

/** The search items of the inventory by name. */
export const CRITERIA_FIELDS: Readonly<Record<string, CriteriaItem>> = {
  instanceId: { field: 'InstanceId', type: 'input' },
  repoName: { field: 'RepoName', type: 'input' },
  repoId: { field: 'RepoId', type: 'input' },
  repoNamespace: { field: 'RepoNamespace', type: 'input' },
  regionId: { field: 'RegionId', type: 'input' },
  vulStatus: { field: 'VulStatus', type: 'select' },
  alarmStatus: { field: 'AlarmStatus', type: 'select' },
  hcStatus: { field: 'HcStatus', type: 'select' },
  riskStatus: { field: 'RiskStatus', type: 'select' },
  registryType: { field: 'RegistryType', type: 'select' },
  imageId: { field: 'ImageId', type: 'input' },
  tag: { field: 'Tag', type: 'input' },
  digest: { field: 'Digest', type: 'input' },
};

/**
 * Parses the JSON text of `Criteria`.
 *
 * @throws {@link ApiError} `InvalidCriteria` when it is not an array of conditions.
 */
export function parseCriteria(text: string | undefined): Criterion[] {
  if (text === undefined || text === '') return [];
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw invalidCriteria();
  }
  const result = criteriaSchema.safeParse(document);
  if (!result.success) throw invalidCriteria();
  return result.data;
}

/**
 * Creates a filter of rows. Values of one item are combined by their `logicalExp`, different items by `LogicalExp`.
 *
 * @throws {@link ApiError} `InvalidCriteria` for a rejected item.
 */
export function criteriaFilter(
  criteria: readonly Criterion[],
  logicalExpression: 'AND' | 'OR',
  assumptions: Assumptions,
): (row: InventoryRow) => boolean {
  const names = [...new Set(criteria.map(({ name }) => name))];
  const groups = names.flatMap((name) => {
    const values = criteria.filter((criterion) => criterion.name === name);
    const test = itemTest(name, assumptions);
    if (test === undefined) return [];
    const any = values.some(({ logicalExp }) => logicalExp === 'OR');
    return [
      (row: InventoryRow): boolean =>
        any ? values.some(({ value }) => test(row, value)) : values.every(({ value }) => test(row, value)),
    ];
  });
  if (groups.length === 0) return () => true;
  return logicalExpression === 'OR'
    ? (row) => groups.some((group) => group(row))
    : (row) => groups.every((group) => group(row));
}

type ItemTest = (row: InventoryRow, value: string) => boolean;

function itemTest(name: string, assumptions: Assumptions): ItemTest | undefined {
  const item = Object.hasOwn(CRITERIA_FIELDS, name) ? CRITERIA_FIELDS[name] : undefined;
  if (item === undefined || (name === 'digest' && assumptions.digestCriterion === 'refuse')) {
    if (item !== undefined || assumptions.unknownCriterion === 'refuse') throw invalidCriteria(name);
    return assumptions.unknownCriterion === 'match-nothing' ? () => false : undefined;
  }
  const fuzzy = item.type === 'input' && assumptions.criteriaMatch === 'fuzzy';
  return (row, value) => {
    const actual = String(row[item.field] ?? '').toLowerCase();
    const wanted = (name === 'digest' ? value.replace(/^sha256:/, '') : value).toLowerCase();
    return fuzzy ? actual.includes(wanted) : actual === wanted;
  };
}

const criteriaSchema: z.ZodType<Criterion[]> = z.array(
  z.object({
    name: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]).transform(String),
    logicalExp: z
      .enum(['AND', 'OR'])
      .optional()
      .transform((value) => value ?? 'AND'),
  }),
);

function invalidCriteria(name?: string): ApiError {
  const about = name === undefined ? '' : ` Unknown item: ${name}.`;
  return new ApiError('InvalidCriteria', {
    message: `The specified parameter Criteria is not valid.${about}`,
  });
}
