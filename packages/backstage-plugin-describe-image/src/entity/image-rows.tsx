import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  type EntityImages,
  IMAGE_STATES,
  type ImageReport,
} from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useState } from 'react';
import { useImageTabUrl } from '../image/image-links.tsx';
import { ImageRow } from '../image/image-row.tsx';
import { StateBadge } from '../image/state-badge.tsx';
import { worstFirst } from '../image/worst-first.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** With more images, the card counts the states and shows only this number of images. */
const SHOWN_IMAGES = 5;

/** The images of an entity, worst first. */
export function ImageRows(props: { readonly images: EntityImages }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const tabUrl = useImageTabUrl();
  const [showsAll, setShowsAll] = useState(false);
  const { entityRef } = props.images;
  const images = worstFirst(props.images.images);
  const total = String(images.length);
  const isLong = images.length > SHOWN_IMAGES;
  return (
    <>
      {isLong && <StateSummary images={images} />}
      <ul aria-label={t('card.list')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {images.slice(0, isLong && !showsAll ? SHOWN_IMAGES : undefined).map((image, index) => (
          <li
            key={image.key}
            style={{
              padding: 'var(--bui-space-1) 0',
              ...(index > 0 && { borderTop: '1px solid var(--bui-border-1)' }),
            }}
          >
            <ImageRow image={image} isOpen={images.length === 1} tabUrl={tabUrl(entityRef, image)} />
          </li>
        ))}
      </ul>
      {isLong && (
        <div>
          <Button onPress={() => setShowsAll(!showsAll)} size="small" variant="secondary">
            {showsAll ? t('card.showFewer') : t('card.showAll', { total })}
          </Button>
        </div>
      )}
    </>
  );
}

/** The number of images in each state that occurs. */
function StateSummary({ images }: { readonly images: readonly ImageReport[] }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const counts = IMAGE_STATES.flatMap((state) => {
    const count = images.filter((image) => image.state === state).length;
    return count === 0 ? [] : [{ state, count }];
  });
  return (
    <ul
      aria-label={t('card.summary', { total: String(images.length) })}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 'var(--bui-space-1)',
        listStyle: 'none',
        margin: 0,
        padding: 0,
      }}
    >
      {counts.map(({ state, count }) => (
        <li key={state}>
          <StateBadge count={count} state={state} />
        </li>
      ))}
    </ul>
  );
}
