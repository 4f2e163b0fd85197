import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Select, Text } from '@backstage/ui';
import type { EntityImages } from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useState } from 'react';
import { useEntityImages } from '../answers/use-entity-images.ts';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { AnnotationFaults } from './annotation-faults.tsx';
import { AnnotationHelp } from './annotation-help.tsx';
import { Announcer } from './announcer.tsx';
import { Denied } from './denied.tsx';
import { ImageHistorySection } from './image-history-section.tsx';
import { LoadingRows } from './loading-rows.tsx';
import { nameOfImage } from './name-of-image.ts';
import { RepositoryTagsSection } from './repository-tags-section.tsx';
import { RequestFailure } from './request-failure.tsx';

/** The tab *Images* of an entity's page, in both frontend systems. */
export function ImagesTab(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const images = useEntityImages();
  if (images.denied) return <Denied />;
  if (!images.declared) return <AnnotationHelp />;
  if (images.loading) return <LoadingRows label={t('tab.loading')} rows={4} />;
  return (
    <Announcer>
      <Flex direction="column" gap="5" style={{ minWidth: 0 }}>
        <Text as="h2" style={{ margin: 0 }} variant="title-small" weight="bold">
          {t('card.title')}
        </Text>
        {images.error && <RequestFailure error={images.error} onAgain={images.ask} />}
        {images.data && <AnnotationFaults faults={images.data.faults} />}
        {images.data && <OneImage images={images.data} />}
      </Flex>
    </Announcer>
  );
}

function OneImage(props: { readonly images: EntityImages }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const [chosen, setChosen] = useState<string>();
  const { entityRef, images } = props.images;
  const image = images.find(({ key }) => key === chosen) ?? images[0];
  if (image === undefined) return <AnnotationHelp />;
  return (
    <>
      {images.length > 1 && (
        <Select
          label={t('tab.image')}
          onChange={(key) => setChosen(String(key))}
          options={images.map((one) => ({
            id: one.key,
            label: one.label === undefined ? nameOfImage(one) : `${one.label} — ${nameOfImage(one)}`,
          }))}
          value={image.key}
        />
      )}
      <ImageHistorySection entityRef={entityRef} image={image} key={`history ${image.key}`} />
      <RepositoryTagsSection entityRef={entityRef} image={image} key={`tags ${image.key}`} />
    </>
  );
}
