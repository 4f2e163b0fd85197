import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Flex } from '@backstage/ui';
import {
  type RepositoryTags,
  type TagRow,
  tagSortSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { memo, type ReactElement } from 'react';
import type { RepositoryTagsQuery } from '../api/describe-image-api.ts';
import { CopyableDigest } from '../elements/digest.tsx';
import { PagedTable } from '../elements/paged-table.tsx';
import { Ago } from '../elements/time.tsx';
import { RiskCounts, StateBadge, useImageState } from '../image/state-badge.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** The search, sort order and page of the tags. */
export type TagsView = Pick<RepositoryTagsQuery, 'search' | 'sort' | 'page' | 'pageSize'>;

type Row = TagRow & { id: string };

/**
 * One page of a repository's tags. The ids of sortable columns are the sort keys of the back end. Memoized, so that typing in the search
 * field does not render it.
 */
export const TagsTable = memo(function TagsTable(props: {
  readonly tags: RepositoryTags;
  readonly view: TagsView;
  readonly onView: (change: Partial<TagsView>) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { view, onView } = props;
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
      label: t('tags.state'),
      isSortable: true,
      width: 300,
      cell: ({ risk }) => (
        <Cell>
          <TagState risk={risk} />
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
      isLoading={false}
      minWidth={1020}
      onPage={(page) => onView({ page })}
      onPageSize={(pageSize) => onView({ pageSize })}
      page={view.page}
      pageSize={view.pageSize}
      rows={props.tags.tags.map((row) => ({ ...row, id: row.tag }))}
      sort={{
        descriptor: {
          column: view.sort.replace('-', ''),
          direction: view.sort.startsWith('-') ? 'descending' : 'ascending',
        },
        onSortChange: ({ column, direction }) => {
          const sort = tagSortSchema.safeParse(`${direction === 'descending' ? '-' : ''}${column}`);
          if (sort.success) onView({ sort: sort.data });
        },
      }}
      total={props.tags.matching}
    />
  );
});

/** The scan state of a tag. It is never green, because the digest has no live check. */
function TagState({ risk }: Pick<TagRow, 'risk'>): ReactElement {
  const state = useImageState({ risk });
  return (
    <Flex align="center" gap="2">
      <StateBadge state={state} />
      <RiskCounts risk={risk} />
    </Flex>
  );
}
