import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Select, Text } from '@backstage/ui';
import type { EntityImages } from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useState } from 'react';
import { useEntityImages } from '../data/use-entity-images.ts';
import { Announcer } from '../elements/announcer.tsx';
import { LoadingRows, PermissionDenied, RequestFailure } from '../elements/request-state.tsx';
import { AnnotationFaults, AnnotationHelp } from '../image/annotations.tsx';
import { imageName } from '../image/image-name.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageHistorySection } from './image-history-section.tsx';
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
        <Text as="h2" style={{ margin: 0 }} variant="title-small" weight="bold">
          {t('card.title')}
        </Text>
        {images.error && <RequestFailure error={images.error} onRetry={images.reload} />}
        {images.data && <AnnotationFaults faults={images.data.faults} />}
        {images.data && <SelectedImage images={images.data} />}
      </Flex>
    </Announcer>
  );
}

/** History and tags of the selected image. An entity with one image has no selection. */
function SelectedImage(props: { readonly images: EntityImages }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const [selected, setSelected] = useState<string>();
  const { entityRef, images } = props.images;
  const image = images.find(({ key }) => key === selected) ?? images[0];
  if (image === undefined) return <AnnotationHelp />;
  return (
    <>
      {images.length > 1 && (
        <Select
          label={t('history.image')}
          onChange={(key) => setSelected(String(key))}
          options={images.map((option) => ({
            id: option.key,
            label: option.label === undefined ? imageName(option) : `${option.label} — ${imageName(option)}`,
          }))}
          value={image.key}
        />
      )}
      <ImageHistorySection entityRef={entityRef} image={image} key={`history ${image.key}`} />
      <RepositoryTagsSection entityRef={entityRef} image={image} key={`tags ${image.key}`} />
    </>
  );
}
