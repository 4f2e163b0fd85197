import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, CellText, type ColumnConfig, Flex } from '@backstage/ui';
import type { ImageOverview, OverviewRow } from '@describe-image/backstage-plugin-describe-image-common';
import { memo, type ReactElement } from 'react';
import { CopyableDigest } from '../elements/digest.tsx';
import { Muted } from '../elements/muted.tsx';
import { PagedTable } from '../elements/paged-table.tsx';
import { Ago } from '../elements/time.tsx';
import { imageName } from '../image/image-name.ts';
import { ShortName } from '../image/short-name.tsx';
import { RiskCounts, StateBadge, useImageState } from '../image/state-badge.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

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
  const columns: ColumnConfig<Row>[] = [
    {
      id: 'entity',
      label: t('overview.entity'),
      isRowHeader: true,
      cell: ({ entityRef, title }) => (
        <Cell>
          <EntityRefLink entityRef={entityRef} title={title} />
        </Cell>
      ),
    },
    {
      id: 'image',
      label: t('overview.image'),
      width: '2fr',
      cell: ({ image }) => (
        <Cell>
          <ShortName image={image} />
        </Cell>
      ),
    },
    {
      id: 'state',
      label: t('overview.state'),
      width: 300,
      cell: ({ image }) => (
        <Cell>
          <ImageStateCell image={image} />
        </Cell>
      ),
    },
    {
      id: 'digest',
      label: t('overview.digest'),
      width: 260,
      cell: ({ image }) => <ObservationCell image={image} />,
    },
    {
      id: 'owner',
      label: t('overview.owner'),
      cell: ({ ownerRef }) => (
        <Cell>{ownerRef === undefined ? null : <EntityRefLink entityRef={ownerRef} />}</Cell>
      ),
    },
  ];
  return (
    <PagedTable
      columns={columns}
      empty={t('overview.empty')}
      isLoading={props.isLoading}
      minWidth={1100}
      onPage={props.onPage}
      page={props.page}
      pageSize={props.pageSize}
      rows={props.overview?.rows.map((row) => ({ ...row, id: `${row.entityRef} ${row.image.key}` }))}
      total={props.overview?.matching ?? 0}
    />
  );
});

function ImageStateCell({ image }: Pick<OverviewRow, 'image'>): ReactElement {
  const state = useImageState(image);
  return (
    <Flex align="center" gap="2">
      <StateBadge state={state} />
      <RiskCounts risk={image.risk} />
    </Flex>
  );
}

function ObservationCell({ image }: Pick<OverviewRow, 'image'>): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const observation = image.live ?? image.scanned;
  if (observation === undefined) return <CellText color="secondary" title={t('image.noDigest')} />;
  return (
    <Cell>
      <CopyableDigest digest={observation.digest} image={imageName(image)} />
      <Muted variant="body-x-small">
        <Ago instant={observation.observedAt} />
      </Muted>
    </Cell>
  );
}
