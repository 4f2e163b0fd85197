import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Icon } from './icons.tsx';
import { ImagesPage } from './images-page.tsx';

/** The page with the head that apps of the old system leave to plugins. */
export function LegacyImagesPage(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <main style={{ gridArea: 'pageContent', minWidth: 0, overflowY: 'auto' }}>
      <PluginHeader icon={<Icon name="boxes" />} title={t('overview.title')} />
      <ImagesPage />
    </main>
  );
}
