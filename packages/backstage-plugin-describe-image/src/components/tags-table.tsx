import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table, Text } from '@backstage/ui';
import type { RepositoryTags, TagRow, TagSort } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { CopyButton } from './copy-button.tsx';
import { Digest } from './digest.tsx';
import { RiskBadge } from './risk-badge.tsx';
import { WideContent } from './wide-content.tsx';

type Row = TagRow & { id: string };

/** A page of tags. Columns are named as the back end sorts by them. */
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
          <CellText color="secondary" title={t('tags.absent')} />
        ) : (
          <Cell>
            <span style={{ alignItems: 'center', display: 'flex', gap: 'var(--bui-space-1)' }}>
              <Digest digest={digest} />
              <CopyButton
                hint={t('copy.digestShort')}
                label={t('copy.digest', { image: tag })}
                text={digest}
              />
            </span>
          </Cell>
        ),
    },
    {
      id: 'risk',
      label: t('tags.risk'),
      isSortable: true,
      width: 260,
      cell: ({ risk }) => (
        <Cell>
          <RiskBadge risk={risk} />
        </Cell>
      ),
    },
    {
      id: 'updatedAt',
      label: t('tags.updated'),
      isSortable: true,
      cell: ({ updatedAt }) => (
        <Cell>{updatedAt === undefined ? t('tags.absent') : <Ago instant={updatedAt} />}</Cell>
      ),
    },
    {
      id: 'deployed',
      label: t('tags.deployed'),
      cell: ({ deployed }) => (
        <CellText title={deployed === undefined ? t('tags.absent') : t(deployed ? 'tags.yes' : 'tags.no')} />
      ),
    },
    {
      id: 'shared',
      label: t('tags.shared'),
      cell: ({ sharedWith }) => <CellText title={sharedWith.join(', ')} />,
    },
  ];
  const matching = props.tags?.matching ?? 0;
  const offset = (props.page - 1) * props.pageSize;
  return (
    <WideContent minWidth={980}>
      <Table
        columnConfig={columns}
        data={props.tags?.tags.map((row) => ({ ...row, id: row.tag }))}
        emptyState={
          <Text as="p" variant="body-medium">
            {t('tags.none')}
          </Text>
        }
        isPending={props.isLoading}
        pagination={{
          type: 'page',
          pageSize: props.pageSize,
          pageSizeOptions: [20, 50, 100],
          offset,
          totalCount: matching,
          hasNextPage: offset + props.pageSize < matching,
          hasPreviousPage: props.page > 1,
          onNextPage: () => props.onPage(props.page + 1),
          onPreviousPage: () => props.onPage(props.page - 1),
          onPageSizeChange: props.onPageSize,
          getLabel: () =>
            t('tags.range', {
              from: String(Math.min(offset + 1, matching)),
              to: String(Math.min(offset + props.pageSize, matching)),
              matching: String(matching),
            }),
        }}
        sort={{
          descriptor: {
            column: props.sort.replace('-', ''),
            direction: props.sort.startsWith('-') ? 'descending' : 'ascending',
          },
          onSortChange: ({ column, direction }) => props.onSort(String(column), direction === 'descending'),
        }}
      />
    </WideContent>
  );
}
