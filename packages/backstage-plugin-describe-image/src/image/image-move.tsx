import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex } from '@backstage/ui';
import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Badge } from '../elements/badge.tsx';
import { Digest } from '../elements/digest.tsx';
import { Muted } from '../elements/muted.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** Time and digests of a move, with a badge if the tag moved back. */
export function MoveText(props: { readonly move: ImageMove }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { from, to, observedAt, movedBack } = props.move;
  const ago = <Ago instant={observedAt} />;
  return (
    <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
      <Muted>
        {from === undefined
          ? t('move.firstObserved', { ago, to: <Digest digest={to} /> })
          : t('move.moved', { ago, from: <Digest digest={from} />, to: <Digest digest={to} /> })}
      </Muted>
      {movedBack && (
        <Badge icon="back" title={t('move.backHint')} tone="warning">
          {t('move.back')}
        </Badge>
      )}
    </Flex>
  );
}
