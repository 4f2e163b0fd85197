import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import type { HistoryPeriod, ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageApiRef } from '../api/describe-image-api.ts';
import { useBackEndData } from '../data/use-back-end-data.ts';
import { useImageMoves } from '../data/use-image-moves.ts';
import { Digest } from '../elements/digest.tsx';
import { ScrollableContent } from '../elements/paged-table.tsx';
import { LoadingRows, RequestFailure } from '../elements/request-state.tsx';
import { Ago } from '../elements/time.tsx';
import { MoveText } from '../image/image-move.tsx';
import { imageName } from '../image/image-name.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { Timeline } from './timeline.tsx';

/** The history of one image: a timeline, the moves of its tag, and the same periods as a table. */
export function ImageHistorySection(props: {
  readonly entityRef: string;
  readonly image: ImageReport;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const { entityRef, image } = props;
  const history = useBackEndData(['history', entityRef, image.key], () =>
    api.getImageHistory(entityRef, image.key),
  );
  useImageMoves((signal) => {
    if (signal.image === image.id) history.reload();
  });
  return (
    <section aria-label={t('history.title')}>
      <Flex direction="column" gap="3">
        <Text as="h3" style={{ margin: 0 }} variant="title-x-small" weight="bold">
          {t('history.title')}
        </Text>
        {history.loading && <LoadingRows />}
        {history.error && <RequestFailure error={history.error} onRetry={history.reload} />}
        {history.data?.periods.length === 0 && (
          <Text as="p" color="secondary" variant="body-medium">
            {t('history.empty')}
          </Text>
        )}
        {history.data && history.data.periods.length > 0 && (
          <>
            <Timeline history={history.data} image={imageName(image)} />
            {history.data.moves.length > 0 && (
              <ul
                aria-label={t('history.moves')}
                style={{ listStyle: 'none', margin: 0, padding: 0, overflowWrap: 'anywhere' }}
              >
                {history.data.moves.map((move) => (
                  <li key={move.id} style={{ marginBottom: 'var(--bui-space-1)' }}>
                    <MoveText move={move} />
                  </li>
                ))}
              </ul>
            )}
            <PeriodsTable periods={history.data.periods} />
            <Text as="p" color="secondary" variant="body-small">
              {t('history.retention', { days: String(history.data.retentionDays) })}
            </Text>
          </>
        )}
      </Flex>
    </section>
  );
}

type PeriodRow = HistoryPeriod & { id: string };

function PeriodsTable(props: { readonly periods: readonly HistoryPeriod[] }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const columns: ColumnConfig<PeriodRow>[] = [
    {
      id: 'digest',
      label: t('history.digest'),
      isRowHeader: true,
      width: 200,
      cell: ({ digest }) => (
        <Cell>
          <Digest digest={digest} />
        </Cell>
      ),
    },
    {
      id: 'source',
      label: t('history.source'),
      width: 220,
      cell: ({ source }) => <CellText title={source} />,
    },
    {
      id: 'firstObserved',
      label: t('history.firstObserved'),
      cell: ({ firstSeenAt }) => (
        <Cell>
          <Ago instant={firstSeenAt} />
        </Cell>
      ),
    },
    {
      id: 'lastObserved',
      label: t('history.lastObserved'),
      cell: ({ lastSeenAt }) => (
        <Cell>
          <Ago instant={lastSeenAt} />
        </Cell>
      ),
    },
    {
      id: 'observations',
      label: t('history.observations'),
      cell: ({ observations }) => <CellText title={String(observations)} />,
    },
    {
      id: 'requestId',
      label: t('history.requestId'),
      width: 340,
      cell: ({ requestId }) => <CellText title={requestId ?? t('history.unknown')} />,
    },
  ];
  const rows = props.periods.map((period) => ({ ...period, id: `${period.source} ${period.firstSeenAt}` }));
  return (
    <ScrollableContent minWidth={1100}>
      <Table columnConfig={columns} data={rows} pagination={{ type: 'none' }} />
    </ScrollableContent>
  );
}
