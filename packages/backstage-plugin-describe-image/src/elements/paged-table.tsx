import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type ColumnConfig, Table, type TableItem, Text } from '@backstage/ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const PAGE_SIZES = [20, 50, 100];

/** A table whose rows the back end sorts and pages. */
export function PagedTable<Row extends TableItem>(props: {
  readonly columns: ColumnConfig<Row>[];
  /** The rows of the page; `undefined` until the first response. */
  readonly rows: Row[] | undefined;
  readonly isLoading: boolean;
  /** Shown when there are no rows. */
  readonly empty: string;
  /** In pixels; the table scrolls horizontally on narrower screens. */
  readonly minWidth: number;
  /** Starts at 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Number of rows on all pages. */
  readonly total: number;
  readonly onPage: (page: number) => void;
  /** Without it, the page size cannot be changed. */
  readonly onPageSize?: (pageSize: number) => void;
  readonly sort?: ComponentProps<typeof Table<Row>>['sort'];
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { page, pageSize, total, onPage, onPageSize } = props;
  const offset = (page - 1) * pageSize;
  return (
    <ScrollableContent minWidth={props.minWidth}>
      <Table
        columnConfig={props.columns}
        data={props.rows}
        emptyState={
          <Text as="p" variant="body-medium">
            {props.empty}
          </Text>
        }
        isPending={props.isLoading}
        pagination={{
          type: 'page',
          pageSize,
          ...(onPageSize === undefined
            ? { showPageSizeOptions: false }
            : {
                pageSizeOptions: PAGE_SIZES.map((size) => ({
                  value: size,
                  label: t('table.pageSize', { size: String(size) }),
                })),
                onPageSizeChange: onPageSize,
              }),
          offset,
          totalCount: total,
          hasNextPage: offset + pageSize < total,
          hasPreviousPage: page > 1,
          onNextPage: () => onPage(page + 1),
          onPreviousPage: () => onPage(page - 1),
          getLabel: () =>
            t('table.range', {
              from: String(Math.min(offset + 1, total)),
              to: String(Math.min(offset + pageSize, total)),
              total: String(total),
            }),
        }}
        {...(props.sort === undefined ? {} : { sort: props.sort })}
      />
    </ScrollableContent>
  );
}

/** Scrolls wide content horizontally, so that the page does not. */
export function ScrollableContent(props: {
  readonly children: ReactNode;
  readonly minWidth: number;
}): ReactElement {
  return (
    <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
      <div style={{ minWidth: props.minWidth }}>{props.children}</div>
    </div>
  );
}
