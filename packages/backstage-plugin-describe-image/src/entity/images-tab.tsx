import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Select, Text } from '@backstage/ui';
import {
  type EntityImages,
  IMAGE_PARAMETER,
  type ImageReport,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { useSearchParams } from 'react-router-dom';
import { type OpenEntityImages, useEntityImages } from '../data/use-entity-images.ts';
import { Announcer } from '../elements/announcer.tsx';
import { LoadingRows, PermissionDenied } from '../elements/request-state.tsx';
import { AnnotationFaults, AnnotationHelp } from '../image/annotations.tsx';
import { ImageDetails } from '../image/image-details.tsx';
import { imageName } from '../image/image-name.ts';
import { RequestFailure } from '../image/request-failure.tsx';
import { StateBadge, useImageState } from '../image/state-badge.tsx';
import { worstFirst } from '../image/worst-first.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageHistorySection } from './image-history-section.tsx';
import { RefreshButton, RefreshFailure } from './refresh.tsx';
import { RepositoryTagsSection } from './repository-tags-section.tsx';

/** The tab "Images" of an entity page, in both frontend systems. */
export function ImagesTab(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const images = useEntityImages();
  if (images.denied) return <PermissionDenied />;
  if (!images.declared) return <AnnotationHelp />;
  if (images.loading) return <LoadingRows rows={4} />;
  return (
    <Announcer>
      <Flex direction="column" gap="5" style={{ minWidth: 0 }}>
        <Flex align="center" justify="between">
          <Text as="h2" style={{ margin: 0 }} variant="title-small" weight="bold">
            {t('card.title')}
          </Text>
          <RefreshButton images={images} />
        </Flex>
        <TabContent images={images} />
      </Flex>
    </Announcer>
  );
}

function TabContent({ images }: { readonly images: OpenEntityImages }): ReactElement {
  return (
    <>
      <RefreshFailure images={images} />
      {images.error && (
        <RequestFailure error={images.error} loadedAt={images.loadedAt} onRetry={images.reload} />
      )}
      {images.data && <AnnotationFaults faults={images.data.faults} />}
      {images.data && <SelectedImage images={images.data} />}
    </>
  );
}

/** State, history and tags of the image that the URL selects, or of the worst one. */
function SelectedImage(props: { readonly images: EntityImages }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const [parameters, setParameters] = useSearchParams();
  const { entityRef } = props.images;
  const images = worstFirst(props.images.images);
  const image = images.find(({ key }) => key === parameters.get(IMAGE_PARAMETER)) ?? images[0];
  if (image === undefined) return <AnnotationHelp />;
  return (
    <>
      {images.length > 1 && (
        <Select
          label={t('history.image')}
          onChange={(key) => setParameters({ [IMAGE_PARAMETER]: String(key) }, { replace: true })}
          options={images.map((option) => ({
            id: option.key,
            label: `${option.label === undefined ? '' : `${option.label} — `}${imageName(option)} — ${t(`state.${option.state}`)}`,
          }))}
          value={image.key}
        />
      )}
      <ImageSummary image={image} />
      <ImageHistorySection entityRef={entityRef} image={image} key={`history ${image.key}`} />
      <RepositoryTagsSection entityRef={entityRef} image={image} key={`tags ${image.key}`} />
    </>
  );
}

function ImageSummary({ image }: { readonly image: ImageReport }): ReactElement {
  const state = useImageState(image);
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <div>
        <StateBadge state={state} />
      </div>
      <ImageDetails image={image} state={state} />
    </Flex>
  );
}
