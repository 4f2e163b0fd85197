import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import type { ImageOverview } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { FaultText } from '../image/annotations.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** The invalid items of all matching entities, on demand. Renders nothing if there are none. */
export function OverviewFaults(props: {
  readonly overview: Pick<ImageOverview, 'faults' | 'faultCount'>;
}): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { faults, faultCount } = props.overview;
  if (faultCount === 0) return null;
  return (
    <Alert
      description={
        <details>
          <summary style={{ cursor: 'pointer' }}>{t('annotationFaults.show')}</summary>
          <ul style={{ margin: 0, overflowWrap: 'anywhere', paddingLeft: 'var(--bui-space-4)' }}>
            {faults.map(({ entityRef, title, ...fault }) => (
              <li key={`${entityRef} ${fault.place.annotation} ${fault.place.line}:${fault.place.column}`}>
                <EntityRefLink entityRef={entityRef} hideIcon title={title} />: <FaultText fault={fault} />
              </li>
            ))}
          </ul>
        </details>
      }
      icon
      status="warning"
      title={t('annotationFaults.title', { count: faultCount })}
    />
  );
}
