import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Flex } from '@backstage/ui';
import type { ReactElement } from 'react';
import { type OpenEntityImages, useEntityImages } from '../data/use-entity-images.ts';
import { Announcer } from '../elements/announcer.tsx';
import { LoadingRows, PermissionDenied } from '../elements/request-state.tsx';
import { AnnotationFaults, AnnotationHelp } from '../image/annotations.tsx';
import { RequestFailure } from '../image/request-failure.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageRows } from './image-rows.tsx';
import { RefreshButton, RefreshFailure } from './refresh.tsx';

/** The card "Container images" of an entity page, in both frontend systems. */
export function ImagesCard(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const images = useEntityImages();
  return (
    <Announcer>
      <EntityInfoCard
        headerActions={images.declared && !images.denied && <RefreshButton images={images} />}
        title={t('card.title')}
      >
        <CardContent images={images} />
      </EntityInfoCard>
    </Announcer>
  );
}

function CardContent({ images }: { readonly images: OpenEntityImages }): ReactElement | null {
  if (images.denied) return <PermissionDenied />;
  if (!images.declared) return <AnnotationHelp />;
  if (images.loading) return <LoadingRows />;
  return (
    <Flex direction="column" gap="3" style={{ minWidth: 0 }}>
      <RefreshFailure images={images} />
      {images.error && (
        <RequestFailure error={images.error} loadedAt={images.loadedAt} onRetry={images.reload} />
      )}
      {images.data && <AnnotationFaults faults={images.data.faults} />}
      {images.data?.images.length === 0 && images.data.faults.length === 0 && <AnnotationHelp />}
      {images.data && images.data.images.length > 0 && <ImageRows images={images.data} />}
    </Flex>
  );
}
