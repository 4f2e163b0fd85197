import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { IMAGE_PARAMETER, type ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Icon } from '../elements/icons.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { imageName } from './image-name.ts';

/** Returns the URL of an image on the tab "Images" of an entity, wherever the app mounts its entity pages. */
export function useImageTabUrl(): (entityRef: string, image: Pick<ImageReport, 'key'>) => string {
  const entityUrl = useEntityRefLink();
  return (entityRef, { key }) =>
    `${entityUrl(entityRef)}/images?${new URLSearchParams({ [IMAGE_PARAMETER]: key })}`;
}

/** Link to the image in Security Center's console. URLs other than https are not rendered. */
export function ConsoleLink({ image }: { readonly image: ImageReport }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { consoleUrl } = image;
  if (consoleUrl === undefined || new URL(consoleUrl).protocol !== 'https:') return null;
  return (
    <Link
      aria-label={t('image.openInConsole', { image: imageName(image) })}
      href={consoleUrl}
      rel="noopener noreferrer"
      target="_blank"
      variant="body-small"
    >
      {t('image.console')} <Icon name="external" size={12} />
    </Link>
  );
}
