import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link } from '@backstage/ui';
import type { ImageReport, ImageState } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Muted } from '../elements/muted.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { DigestList } from './digest-list.tsx';
import { ConsoleLink } from './image-links.tsx';
import { MoveText } from './image-move.tsx';
import { imageName } from './image-name.ts';
import { NextStep } from './next-step.tsx';
import { RiskCounts } from './state-badge.tsx';

/** All that is known about an image, its next step, and links. */
export function ImageDetails(props: {
  readonly image: ImageReport;
  readonly state: ImageState;
  /** URL of the image on the tab. Without it, there is no link. */
  readonly tabUrl?: string;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { image, state, tabUrl } = props;
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <Muted as="p" style={{ overflowWrap: 'anywhere' }}>
        <Reference image={image} />
      </Muted>
      <NextStep image={image} state={state} />
      <DigestList image={image} />
      <RiskCounts risk={image.risk} />
      {image.lastMove !== undefined && <MoveText move={image.lastMove} />}
      <Flex gap="4" style={{ flexWrap: 'wrap' }}>
        {tabUrl !== undefined && (
          <Link
            aria-label={t('image.openTabOf', { image: imageName(image) })}
            href={tabUrl}
            variant="body-small"
          >
            {t('image.openTab')}
          </Link>
        )}
        <ConsoleLink image={image} />
      </Flex>
    </Flex>
  );
}

/** The full reference. It can break after a slash, never inside a tag. */
function Reference({ image }: { readonly image: ImageReport }): ReactElement {
  const parts = imageName(image).split('/');
  return (
    <>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a reference never change their order
        <span key={index}>
          {index > 0 && (
            <>
              /<wbr />
            </>
          )}
          <span style={{ whiteSpace: index === parts.length - 1 ? 'nowrap' : 'normal' }}>{part}</span>
        </span>
      ))}
    </>
  );
}
