import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { HistoryPeriod } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { Digest } from './digest.tsx';
import { WideContent } from './wide-content.tsx';

type Row = HistoryPeriod & { id: string };

/** The timeline in words and numbers. */
export function PeriodsTable(props: { readonly periods: readonly HistoryPeriod[] }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const columns: ColumnConfig<Row>[] = [
    {
      id: 'digest',
      label: t('periods.digest'),
      isRowHeader: true,
      cell: ({ digest }) => (
        <Cell>
          <Digest digest={digest} />
        </Cell>
      ),
    },
    { id: 'source', label: t('periods.source'), cell: ({ source }) => <CellText title={source} /> },
    {
      id: 'firstSeen',
      label: t('periods.firstSeen'),
      cell: ({ firstSeenAt }) => (
        <Cell>
          <Ago instant={firstSeenAt} />
        </Cell>
      ),
    },
    {
      id: 'lastSeen',
      label: t('periods.lastSeen'),
      cell: ({ lastSeenAt }) => (
        <Cell>
          <Ago instant={lastSeenAt} />
        </Cell>
      ),
    },
    {
      id: 'observations',
      label: t('periods.observations'),
      cell: ({ observations }) => <CellText title={String(observations)} />,
    },
    {
      id: 'requestId',
      label: t('periods.requestId'),
      cell: ({ requestId }) => <CellText title={requestId ?? t('tags.absent')} />,
    },
  ];
  const data = props.periods.map((period) => ({ ...period, id: `${period.source} ${period.firstSeenAt}` }));
  return (
    <WideContent minWidth={760}>
      <Table columnConfig={columns} data={data} pagination={{ type: 'none' }} />
    </WideContent>
  );
}
