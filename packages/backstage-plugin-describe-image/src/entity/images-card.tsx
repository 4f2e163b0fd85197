import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { ButtonIcon, Flex, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { ReactElement } from 'react';
import { type OpenEntityImages, useEntityImages } from '../data/use-entity-images.ts';
import { Announcer, useAnnounce } from '../elements/announcer.tsx';
import { Icon } from '../elements/icons.tsx';
import { LoadingRows, PermissionDenied, RequestFailure } from '../elements/request-state.tsx';
import { AnnotationFaults, AnnotationHelp } from '../image/annotations.tsx';
import { ImageItem } from '../image/image-item.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

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
  const { t } = useTranslationRef(describeImageTranslationRef);
  if (images.denied) return <PermissionDenied />;
  if (!images.declared) return <AnnotationHelp />;
  if (images.loading) return <LoadingRows />;
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      {images.error && <RequestFailure error={images.error} onRetry={images.reload} />}
      {images.data && <AnnotationFaults faults={images.data.faults} />}
      {images.data?.images.length === 0 && images.data.faults.length === 0 && <AnnotationHelp />}
      {images.data && images.data.images.length > 0 && (
        <ul aria-label={t('card.list')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {images.data.images.map((image, index) => (
            <li
              key={image.key}
              style={
                index === 0
                  ? {}
                  : {
                      borderTop: '1px solid var(--bui-border-1)',
                      marginTop: 'var(--bui-space-4)',
                      paddingTop: 'var(--bui-space-4)',
                    }
              }
            >
              <ImageItem image={image} />
            </li>
          ))}
        </ul>
      )}
    </Flex>
  );
}

function RefreshButton({ images }: { readonly images: OpenEntityImages }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const announce = useAnnounce();
  const refresh = async () => {
    announce(t('card.refreshing'));
    announce((await images.refresh()) ? t('card.refreshed') : t('card.refreshFailed'));
  };
  return (
    <TooltipTrigger>
      <ButtonIcon
        aria-label={t('card.refresh')}
        icon={<Icon name="refresh" />}
        isPending={images.refreshing}
        onPress={() => void refresh()}
        size="small"
        variant="tertiary"
      />
      <Tooltip>{t('card.refresh')}</Tooltip>
    </TooltipTrigger>
  );
}
