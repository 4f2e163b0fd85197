import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cell, CellText, type ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import type { ImageOverview, OverviewRow } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { CopyButton } from './copy-button.tsx';
import { Digest } from './digest.tsx';
import { DriftBadge } from './drift-badge.tsx';
import { nameOfImage, pathOfImage } from './name-of-image.ts';
import { RiskBadge } from './risk-badge.tsx';
import { ToneBadge } from './tone-badge.tsx';
import { WideContent } from './wide-content.tsx';

type Row = OverviewRow & { id: string };

/** A page of the organisation's images, in the back end's order: the worst first. */
export function OverviewTable(props: {
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
          <span title={nameOfImage(image)}>
            <Text as="p" style={{ margin: 0, overflowWrap: 'anywhere' }} variant="body-medium">
              {pathOfImage(image)}
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
              <ToneBadge icon="cross" title={image.failure.message} tone="danger">
                {t('overview.couldNotRead')}
              </ToneBadge>
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
  const matching = props.overview?.matching ?? 0;
  const offset = (props.page - 1) * props.pageSize;
  return (
    <WideContent minWidth={1100}>
      <Table
        columnConfig={columns}
        data={props.overview?.rows.map((row) => ({ ...row, id: `${row.entityRef} ${row.image.key}` }))}
        emptyState={
          <Text as="p" variant="body-medium">
            {t('overview.none')}
          </Text>
        }
        isPending={props.isLoading}
        pagination={{
          type: 'page',
          pageSize: props.pageSize,
          showPageSizeOptions: false,
          offset,
          totalCount: matching,
          hasNextPage: offset + props.pageSize < matching,
          hasPreviousPage: props.page > 1,
          onNextPage: () => props.onPage(props.page + 1),
          onPreviousPage: () => props.onPage(props.page - 1),
          getLabel: () =>
            t('overview.range', {
              from: String(Math.min(offset + 1, matching)),
              to: String(Math.min(offset + props.pageSize, matching)),
              matching: String(matching),
            }),
        }}
      />
    </WideContent>
  );
}

function ObservationCell({ image }: Pick<OverviewRow, 'image'>): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const observation = image.live ?? image.scanned;
  if (observation === undefined) return <CellText color="secondary" title={t('image.noDigest')} />;
  return (
    <Cell>
      <span style={{ alignItems: 'center', display: 'flex', gap: 'var(--bui-space-1)' }}>
        <Digest digest={observation.digest} />
        <CopyButton
          hint={t('copy.digestShort')}
          label={t('copy.digest', { image: nameOfImage(image) })}
          text={observation.digest}
        />
      </span>
      <Text as="span" color="secondary" variant="body-x-small">
        {t('image.observed', { ago: <Ago instant={observation.observedAt} /> })}
      </Text>
    </Cell>
  );
}
