import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';

export function Denied(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Text as="p" color="secondary" variant="body-medium">
      {t('denied')}
    </Text>
  );
}
