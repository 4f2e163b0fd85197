import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, CellText, type ColumnConfig, Flex, Text } from '@backstage/ui';
import type { ImageOverview, OverviewRow } from '@describe-image/backstage-plugin-describe-image-common';
import { memo, type ReactElement } from 'react';
import { Badge } from '../elements/badge.tsx';
import { CopyableDigest } from '../elements/digest.tsx';
import { PagedTable } from '../elements/paged-table.tsx';
import { Ago } from '../elements/time.tsx';
import { DriftBadge } from '../image/drift.tsx';
import { imageName, imagePath } from '../image/image-name.ts';
import { RiskBadge } from '../image/risk-badge.tsx';
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
          <span title={imageName(image)}>
            <Text as="p" style={{ margin: 0, overflowWrap: 'anywhere' }} variant="body-medium">
              {imagePath(image)}
            </Text>
            <Text as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
              {image.label}
            </Text>
          </span>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: t('overview.state'),
      width: 300,
      cell: ({ image }) => (
        <Cell>
          <Flex gap="1" style={{ flexWrap: 'wrap' }}>
            {image.failure !== undefined && (
              <Badge icon="cross" title={image.failure.message} tone="danger">
                {t('overview.failed')}
              </Badge>
            )}
            <DriftBadge image={image} />
            <RiskBadge risk={image.risk} />
          </Flex>
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

function ObservationCell({ image }: Pick<OverviewRow, 'image'>): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const observation = image.live ?? image.scanned;
  if (observation === undefined) return <CellText color="secondary" title={t('image.noDigest')} />;
  return (
    <Cell>
      <CopyableDigest digest={observation.digest} image={imageName(image)} />
      <Text as="span" color="secondary" variant="body-x-small">
        {t('image.observed', { ago: <Ago instant={observation.observedAt} /> })}
      </Text>
    </Cell>
  );
}
