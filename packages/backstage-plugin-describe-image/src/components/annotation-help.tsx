import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { CONTAINER_IMAGES_ANNOTATION } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { CopyableBlock } from './copyable-block.tsx';

const SNIPPET = `metadata:
  annotations:
    ${CONTAINER_IMAGES_ANNOTATION}: |
      web = registry.cn-hangzhou.aliyuncs.com/shop/web:1.0.0
`;

/** Stands where images would, when an entity declares none: what to write in its file. */
export function AnnotationHelp(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <Text as="p" variant="body-medium" weight="bold">
        {t('empty.title')}
      </Text>
      <Text as="p" variant="body-medium">
        {t('empty.text')}
      </Text>
      <CopyableBlock copyLabel={t('empty.copy')} label={t('empty.snippet')} text={SNIPPET} />
      <Text as="p" color="secondary" variant="body-small">
        {t('empty.hint')}
      </Text>
    </Flex>
  );
}
