import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Flex, Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useId, useState } from 'react';
import { CopyableDigest } from '../elements/digest.tsx';
import { Icon } from '../elements/icons.tsx';
import { Muted } from '../elements/muted.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageDetails } from './image-details.tsx';
import { imageName } from './image-name.ts';
import { ShortName } from './short-name.tsx';
import { StateBadge, useImageState } from './state-badge.tsx';

/** One image of the card: name, tag, worst state and digest on one line, and details on demand. */
export function ImageRow(props: {
  readonly image: ImageReport;
  readonly tabUrl: string;
  /** Shows the details until the user closes them, unless the image is clean. */
  readonly isOpen: boolean;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { image, tabUrl } = props;
  const state = useImageState(image);
  const [toggled, setToggled] = useState<boolean>();
  const isOpen = toggled ?? (props.isOpen && state !== 'clean');
  const detailsId = useId();
  const name = imageName(image);
  const digest = (image.live ?? image.scanned)?.digest;
  return (
    <>
      <Flex align="center" gap="1" justify="between" style={{ flexWrap: 'wrap', minWidth: 0 }}>
        <Flex align="center" gap="1" style={{ flex: '1 1 280px', minWidth: 0 }}>
          <ButtonIcon
            aria-controls={isOpen ? detailsId : undefined}
            aria-expanded={isOpen}
            aria-label={t('image.detailsOf', { image: name })}
            icon={<Icon name={isOpen ? 'down' : 'right'} />}
            onPress={() => setToggled(!isOpen)}
            size="small"
            variant="tertiary"
          />
          <Text as="span" style={{ flex: '1 1 auto', minWidth: 0 }} variant="body-medium">
            <ShortName image={image} />
          </Text>
          <StateBadge state={state} />
        </Flex>
        <span style={{ flex: '0 0 auto', paddingInlineStart: 'var(--bui-space-9)' }}>
          {digest === undefined ? (
            <Muted>{t('image.noDigest')}</Muted>
          ) : (
            <CopyableDigest digest={digest} image={name} pinned={image.pinned} />
          )}
        </span>
      </Flex>
      {isOpen && (
        <div id={detailsId} style={{ padding: 'var(--bui-space-2) 0 var(--bui-space-2) var(--bui-space-2)' }}>
          <ImageDetails image={image} state={state} tabUrl={tabUrl} />
        </div>
      )}
    </>
  );
}
