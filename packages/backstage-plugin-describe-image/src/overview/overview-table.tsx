import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, type ColumnConfig, Link } from '@backstage/ui';
import type { ImageOverview, OverviewRow } from '@describe-image/backstage-plugin-describe-image-common';
import { memo, type ReactElement } from 'react';
import { PagedTable } from '../elements/paged-table.tsx';
import { Ago } from '../elements/time.tsx';
import { useImageTabUrl } from '../image/image-links.tsx';
import { ShortName } from '../image/short-name.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { Owner, RowDigest, RowState } from './overview-row.tsx';

type Row = OverviewRow & { id: string };

/** One page of the images, in the order of the back end. Memoized, so that typing in the search field does not render it. */
export const OverviewTable = memo(function OverviewTable(props: {
  readonly overview: ImageOverview | undefined;
  readonly isLoading: boolean;
  readonly page: number;
  readonly pageSize: number;
  readonly onPage: (page: number) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const tabUrl = useImageTabUrl();
  const columns: ColumnConfig<Row>[] = [
    {
      id: 'state',
      label: t('overview.state'),
      width: 190,
      cell: ({ image }) => (
        <Cell>
          <RowState image={image} />
        </Cell>
      ),
    },
    {
      id: 'image',
      label: t('overview.image'),
      isRowHeader: true,
      width: '2fr',
      cell: ({ entityRef, image }) => (
        <Cell>
          <ShortName image={image}>
            {(name) => (
              <Link href={tabUrl(entityRef, image)} variant="body-medium">
                {name}
              </Link>
            )}
          </ShortName>
        </Cell>
      ),
    },
    {
      id: 'entity',
      label: t('overview.entity'),
      cell: ({ entityRef, title }) => (
        <Cell>
          <EntityRefLink entityRef={entityRef} title={title} />
        </Cell>
      ),
    },
    {
      id: 'owner',
      label: t('overview.owner'),
      cell: (row) => (
        <Cell>
          <Owner overview={props.overview} row={row} />
        </Cell>
      ),
    },
    {
      id: 'digest',
      label: t('overview.digest'),
      width: 230,
      cell: ({ image }) => (
        <Cell>
          <RowDigest image={image} />
        </Cell>
      ),
    },
    {
      id: 'checked',
      label: t('overview.checked'),
      width: 130,
      cell: ({ image: { live, scanned } }) => {
        const observation = live ?? scanned;
        return <Cell>{observation && <Ago instant={observation.observedAt} />}</Cell>;
      },
    },
  ];
  return (
    <PagedTable
      columns={columns}
      empty={t('overview.empty')}
      isLoading={props.isLoading}
      minWidth={1000}
      onPage={props.onPage}
      page={props.page}
      pageSize={props.pageSize}
      rows={props.overview?.rows.map((row) => ({ ...row, id: `${row.entityRef} ${row.image.key}` }))}
      total={props.overview?.matching ?? 0}
    />
  );
});
