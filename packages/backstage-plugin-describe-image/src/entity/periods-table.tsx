import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { HistoryPeriod } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Digest } from '../elements/digest.tsx';
import { ScrollableContent } from '../elements/paged-table.tsx';
import { Ago } from '../elements/time.tsx';
import { roleOfSource } from '../image/digest-roles.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

type PeriodRow = HistoryPeriod & { id: string };

/** The periods of a timeline as a table. The column "Source" has the names of the lanes. */
export function PeriodsTable(props: { readonly periods: readonly HistoryPeriod[] }): ReactElement {
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
      cell: ({ source }) => (
        <Cell>
          <span title={source}>{t(`digestRole.${roleOfSource[source]}`)}</span>
        </Cell>
      ),
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
    <ScrollableContent minWidth={1000}>
      <Table columnConfig={columns} data={rows} pagination={{ type: 'none' }} />
    </ScrollableContent>
  );
}
