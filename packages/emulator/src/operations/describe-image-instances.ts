import type { Assumptions } from '../assumptions.ts';
import { ApiError } from '../gateway/api-error.ts';
import type { InventoryRow } from '../world/inventory.ts';
import { criteriaFilter, parseCriteria } from './criteria.ts';
import type { Operation } from './operation.ts';
import { pageOf } from './page.ts';

const DEFAULT_PAGE_SIZE = 20;

/**
 * Lists the image inventory in pages.
 *
 * @see {@link https://api.alibabacloud.com/document/Sas/2018-12-03/DescribeImageInstances | DescribeImageInstances}
 */
export const describeImageInstances: Operation = {
  name: 'DescribeImageInstances',
  version: '2018-12-03',
  product: 'Sas',
  ramAction: 'yundun-sas:DescribeImageInstances',
  answer(parameters, { world, assumptions }) {
    const { pageSize, currentPage } = pageOf(parameters, assumptions, DEFAULT_PAGE_SIZE);
    const matches = criteriaFilter(
      parseCriteria(parameters.get('Criteria')),
      logicalExpression(parameters.get('LogicalExp')),
      assumptions,
    );
    const scanned = booleanParameter(parameters, 'Scanned');
    const rows = world
      .inventory()
      .filter((row) => matches(row) && (scanned === undefined || isScanned(row, assumptions) === scanned));
    const page = rows.slice((currentPage - 1) * pageSize, currentPage * pageSize);
    world.pageServed();
    return {
      PageInfo: {
        CurrentPage: currentPage,
        PageSize: pageSize,
        TotalCount: rows.length,
        Count: page.length,
      },
      ImageInstanceList: page,
    };
  },
};

function logicalExpression(value: string | undefined): 'AND' | 'OR' {
  if (value === undefined || value === '') return 'AND';
  if (value === 'AND' || value === 'OR') return value;
  throw new ApiError('InvalidLogicalExp', { message: 'The specified parameter LogicalExp is not valid.' });
}

function booleanParameter(parameters: ReadonlyMap<string, string>, name: string): boolean | undefined {
  const value = parameters.get(name)?.toLowerCase();
  if (value === undefined || value === '') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ApiError(`Invalid${name}`, { message: `The specified parameter ${name} is not valid.` });
}

function isScanned(row: InventoryRow, assumptions: Assumptions): boolean {
  return assumptions.scannedMeans === 'succeeded'
    ? row.RiskStatus !== undefined
    : row.LastScanTime !== undefined;
}
