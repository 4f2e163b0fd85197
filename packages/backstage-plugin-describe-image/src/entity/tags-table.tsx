import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig } from '@backstage/ui';
import type { RepositoryTags, TagRow, TagSort } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { CopyableDigest } from '../elements/digest.tsx';
import { PagedTable } from '../elements/paged-table.tsx';
import { Ago } from '../elements/time.tsx';
import { RiskBadge } from '../image/risk-badge.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

type Row = TagRow & { id: string };

/** One page of a repository's tags. The ids of sortable columns are the sort keys of the back end. */
export function TagsTable(props: {
  readonly tags: RepositoryTags | undefined;
  readonly isLoading: boolean;
  readonly sort: TagSort;
  readonly page: number;
  readonly pageSize: number;
  readonly onSort: (column: string, descending: boolean) => void;
  readonly onPage: (page: number) => void;
  readonly onPageSize: (pageSize: number) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const columns: ColumnConfig<Row>[] = [
    {
      id: 'tag',
      label: t('tags.tag'),
      isRowHeader: true,
      isSortable: true,
      cell: ({ tag }) => <CellText title={tag} />,
    },
    {
      id: 'digest',
      label: t('tags.digest'),
      width: 260,
      cell: ({ tag, digest }) =>
        digest === undefined ? (
          <CellText color="secondary" title={t('tags.unknown')} />
        ) : (
          <Cell>
            <CopyableDigest digest={digest} image={tag} />
          </Cell>
        ),
    },
    {
      id: 'risk',
      label: t('tags.scan'),
      isSortable: true,
      width: 300,
      cell: ({ risk }) => (
        <Cell>
          <RiskBadge risk={risk} />
        </Cell>
      ),
    },
    {
      id: 'updatedAt',
      label: t('tags.pushed'),
      isSortable: true,
      cell: ({ updatedAt }) => (
        <Cell>{updatedAt === undefined ? t('tags.unknown') : <Ago instant={updatedAt} />}</Cell>
      ),
    },
    {
      id: 'deployed',
      label: t('tags.deployed'),
      cell: ({ deployed }) => (
        <CellText title={deployed === undefined ? t('tags.unknown') : t(deployed ? 'tags.yes' : 'tags.no')} />
      ),
    },
    {
      id: 'sameDigest',
      label: t('tags.sameDigest'),
      cell: ({ sharedWith }) => <CellText title={sharedWith.join(', ')} />,
    },
  ];
  return (
    <PagedTable
      columns={columns}
      empty={t('tags.empty')}
      isLoading={props.isLoading}
      minWidth={1020}
      onPage={props.onPage}
      onPageSize={props.onPageSize}
      page={props.page}
      pageSize={props.pageSize}
      rows={props.tags?.tags.map((row) => ({ ...row, id: row.tag }))}
      sort={{
        descriptor: {
          column: props.sort.replace('-', ''),
          direction: props.sort.startsWith('-') ? 'descending' : 'ascending',
        },
        onSortChange: ({ column, direction }) => props.onSort(String(column), direction === 'descending'),
      }}
      total={props.tags?.matching ?? 0}
    />
  );
}
