import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { useAnswer } from '../answers/use-answer.ts';
import { useImageMoves } from '../answers/use-image-moves.ts';
import { describeImageApiRef } from '../api/describe-image-api-ref.ts';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { LastMove } from './last-move.tsx';
import { LoadingRows } from './loading-rows.tsx';
import { nameOfImage } from './name-of-image.ts';
import { PeriodsTable } from './periods-table.tsx';
import { RequestFailure } from './request-failure.tsx';
import { Timeline } from './timeline.tsx';

/** What one image's tag was: a picture, its moves, and a table. */
export function ImageHistorySection(props: {
  readonly entityRef: string;
  readonly image: ImageReport;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const { entityRef, image } = props;
  const history = useAnswer(['history', entityRef, image.key], () =>
    api.getImageHistory(entityRef, image.key),
  );
  useImageMoves((signal) => {
    if (signal.image === image.id) history.ask();
  });
  return (
    <section aria-label={t('tab.history')}>
      <Flex direction="column" gap="3">
        <Text as="h3" style={{ margin: 0 }} variant="title-x-small" weight="bold">
          {t('tab.history')}
        </Text>
        {history.loading && <LoadingRows label={t('tab.loading')} />}
        {history.error && <RequestFailure error={history.error} onAgain={history.ask} />}
        {history.data?.periods.length === 0 && (
          <Text as="p" color="secondary" variant="body-medium">
            {t('tab.noHistory')}
          </Text>
        )}
        {history.data && history.data.periods.length > 0 && (
          <>
            <Timeline history={history.data} image={nameOfImage(image)} />
            {history.data.moves.length > 0 && (
              <ul
                aria-label={t('tab.moves')}
                style={{ listStyle: 'none', margin: 0, padding: 0, overflowWrap: 'anywhere' }}
              >
                {history.data.moves.map((move) => (
                  <li key={move.id} style={{ marginBottom: 'var(--bui-space-1)' }}>
                    <LastMove move={move} />
                  </li>
                ))}
              </ul>
            )}
            <PeriodsTable periods={history.data.periods} />
            <Text as="p" color="secondary" variant="body-small">
              {t('tab.retention', { days: String(history.data.retentionDays) })}
            </Text>
          </>
        )}
      </Flex>
    </section>
  );
}
