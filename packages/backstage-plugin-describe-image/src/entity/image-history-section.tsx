import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactElement } from 'react';
import { type DeclaredImageProps, useImageData } from '../data/use-image-data.ts';
import { Muted } from '../elements/muted.tsx';
import { MoveText } from '../image/image-move.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageSection } from './image-section.tsx';
import { PeriodsTable } from './periods-table.tsx';
import { Timeline } from './timeline.tsx';

/** The history of one image: a timeline, the moves of its tag, and the same periods as a table. */
export function ImageHistorySection(props: DeclaredImageProps): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { entityRef, image } = props;
  const history = useImageData(props, ['history'], (api) => api.getImageHistory(entityRef, image.key));
  return (
    <ImageSection request={history} title={t('history.title')}>
      {history.data?.periods.length === 0 && <Muted as="p">{t('history.empty')}</Muted>}
      {history.data && history.data.periods.length > 0 && (
        <>
          <Timeline history={history.data} image={image} />
          {history.data.moves.length > 0 && (
            <ul aria-label={t('history.moves')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {history.data.moves.map((move) => (
                <li key={move.id} style={{ marginBottom: 'var(--bui-space-1)' }}>
                  <MoveText move={move} />
                </li>
              ))}
            </ul>
          )}
          <PeriodsTable periods={history.data.periods} />
          <Muted as="p">{t('history.retention', { days: String(history.data.retentionDays) })}</Muted>
        </>
      )}
    </ImageSection>
  );
}
