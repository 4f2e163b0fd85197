import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import {
  type AnnotationFault,
  CONTAINER_IMAGES_ANNOTATION,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { CopyableBlock } from '../elements/copy-button.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const SNIPPET = `metadata:
  annotations:
    ${CONTAINER_IMAGES_ANNOTATION}: |
      web = registry.cn-hangzhou.aliyuncs.com/shop/web:1.0.0
`;

/** Explains which annotation to add to an entity that declares no images. */
export function AnnotationHelp(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <Text as="p" variant="body-medium" weight="bold">
        {t('annotationHelp.title')}
      </Text>
      <Text as="p" variant="body-medium">
        {t('annotationHelp.text')}
      </Text>
      <CopyableBlock
        copyLabel={t('annotationHelp.copy')}
        label={t('annotationHelp.snippet')}
        text={SNIPPET}
      />
      <Text as="p" color="secondary" variant="body-small">
        {t('annotationHelp.hint')}
      </Text>
    </Flex>
  );
}

/** Lists the invalid items of the annotations with their positions. Renders nothing if there are none. */
export function AnnotationFaults(props: {
  readonly faults: readonly AnnotationFault[];
}): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  if (props.faults.length === 0) return null;
  return (
    <Alert
      description={
        <ul style={{ margin: 0, overflowWrap: 'anywhere', paddingLeft: 'var(--bui-space-4)' }}>
          {props.faults.map((fault) => (
            <li key={`${fault.place.annotation}:${fault.place.line}:${fault.place.column}`}>
              <FaultText fault={fault} />
            </li>
          ))}
        </ul>
      }
      icon
      status="warning"
      title={t('annotationFaults.title', { count: props.faults.length })}
    />
  );
}

/** Position, text and remedy of an invalid item. */
export function FaultText({ fault }: { readonly fault: AnnotationFault }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { annotation, line, column } = fault.place;
  return (
    <Text as="span" variant="body-small">
      {t('annotationFaults.place', { annotation, line: String(line), column: String(column) })}:{' '}
      <code>{fault.text}</code> — {t(`annotationFaults.message.${fault.code}`)}
    </Text>
  );
}
