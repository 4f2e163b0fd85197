import type { Assumptions } from '../assumptions.ts';
import type { InventoryRow } from '../world/inventory.ts';
import { CRITERIA_FIELDS, type CriteriaItem } from './criteria.ts';
import type { Operation } from './operation.ts';

/**
 * The search items for images.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImageCriteria | DescribeImageCriteria}
 */
export const describeImageCriteria: Operation = {
  name: 'DescribeImageCriteria',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageCriteria',
  answer: (parameters, { world, assumptions }) => ({
    CriteriaList: criteriaList(
      ['tag', 'digest', 'vulStatus', 'alarmStatus', 'riskStatus', 'registryType'],
      parameters.get('Value'),
      world.inventory(),
      assumptions,
    ),
  }),
};

/**
 * The search items of DescribeImageInstances.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImageRepoCriteria | DescribeImageRepoCriteria}
 */
export const describeImageRepoCriteria: Operation = {
  name: 'DescribeImageRepoCriteria',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageRepoCriteria',
  answer: (parameters, { world, assumptions }) => ({
    CriteriaList: criteriaList(
      [
        'instanceId',
        'repoName',
        'repoId',
        'repoNamespace',
        'regionId',
        'vulStatus',
        'alarmStatus',
        'hcStatus',
        'riskStatus',
        'registryType',
        'imageId',
        'tag',
      ],
      parameters.get('Value'),
      world.inventory(),
      assumptions,
    ),
  }),
};

/** One search item in the answer of a criteria operation. */
interface CriteriaListItem {
  readonly Name: string;
  /** `input` for free text, `select` for a choice of `Values`. */
  readonly Type: 'input' | 'select';
  /** Separated by commas; empty for free text. */
  readonly Values: string;
}

/** Describes search items. With a text, only items for which an image matches the text. */
function criteriaList(
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
