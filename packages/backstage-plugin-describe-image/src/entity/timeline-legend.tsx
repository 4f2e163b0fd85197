import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Digest } from '../elements/digest.tsx';
import { Muted } from '../elements/muted.tsx';
import { digestsByRole } from '../image/digest-roles.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import type { DigestMark } from './timeline-layout.ts';

/** The digests of a timeline with their letters, and which of them is declared, scanned, live and running now. */
export function TimelineLegend(props: {
  readonly image: ImageReport;
  readonly marks: ReadonlyMap<string, DigestMark>;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const current = digestsByRole(props.image);
  return (
    <ul
      aria-label={t('timeline.legend')}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 'var(--bui-space-2) var(--bui-space-4)',
        listStyle: 'none',
        margin: 'var(--bui-space-2) 0 0',
        padding: 0,
      }}
    >
      {[...props.marks].map(([digest, mark]) => {
        const roles = current
          .filter((entry) => entry.digest === digest)
          .map(({ role }) => t(`digestRole.${role}`));
        return (
          <li key={digest}>
            <Flex align="center" gap="1">
              <Letter mark={mark} />
              <Text as="span" variant="body-small">
                <Digest digest={digest} />
              </Text>
              {roles.length > 0 && <Muted>{roles.join(', ')}</Muted>}
            </Flex>
          </li>
        );
      })}
    </ul>
  );
}

function Letter({ mark }: { readonly mark: DigestMark }): ReactElement {
  return (
    <span
      style={{
        background: mark.background,
        border: '1px solid var(--bui-border-2)',
        borderRadius: 'var(--bui-radius-1)',
        color: mark.color,
        fontFamily: 'var(--bui-font-regular)',
        fontSize: 'var(--bui-font-size-2)',
        fontWeight: 'var(--bui-font-weight-bold)',
        minWidth: 20,
        textAlign: 'center',
      }}
    >
      {mark.letter}
    </span>
  );
}
