import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Text } from '@backstage/ui';
import type { AnnotationFault } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';

/** Where in the annotations something cannot be read, and what to write there. Shows nothing where all is well. */
export function AnnotationFaults(props: {
  readonly faults: readonly AnnotationFault[];
}): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  if (props.faults.length === 0) return null;
  return (
    <Alert
      description={
        <ul style={{ margin: 0, overflowWrap: 'anywhere', paddingLeft: 'var(--bui-space-4)' }}>
          {props.faults.map(({ place, text, message }) => (
            <li key={`${place.annotation}:${place.line}:${place.column}`}>
              <Text as="span" variant="body-small">
                {t('faults.place', {
                  ...place,
                  line: String(place.line),
                  column: String(place.column),
                })}
                : <code>{text}</code> — {message}
              </Text>
            </li>
          ))}
        </ul>
      }
      icon
      status="warning"
      title={t('faults.title', { count: props.faults.length })}
    />
  );
}
