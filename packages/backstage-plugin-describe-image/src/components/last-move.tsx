import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { Digest } from './digest.tsx';
import { ToneBadge } from './tone-badge.tsx';

/** When a tag was last pointed elsewhere, from where and where to. */
export function LastMove(props: { readonly move: ImageMove }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { from, to, observedAt, movedBack } = props.move;
  const ago = <Ago instant={observedAt} />;
  return (
    <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
      <Text as="span" color="secondary" variant="body-small">
        {from === undefined
          ? t('move.appeared', { ago, to: <Digest digest={to} /> })
          : t('move.moved', { ago, from: <Digest digest={from} />, to: <Digest digest={to} /> })}
      </Text>
      {movedBack && (
        <ToneBadge icon="back" title={t('move.backHint')} tone="warning">
          {t('move.back')}
        </ToneBadge>
      )}
    </Flex>
  );
}
