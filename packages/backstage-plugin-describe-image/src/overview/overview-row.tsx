import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  ImageOverview,
  ImageReport,
  OverviewRow,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { CopyableDigest } from '../elements/digest.tsx';
import { Muted } from '../elements/muted.tsx';
import { imageName } from '../image/image-name.ts';
import { StateBadge, useImageState } from '../image/state-badge.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

interface Image {
  readonly image: ImageReport;
}

/** The worst state of an image. */
export function RowState({ image }: Image): ReactElement {
  return <StateBadge state={useImageState(image)} />;
}

/** The live digest, or else the scanned one, with a button that copies it. */
export function RowDigest({ image }: Image): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const digest = (image.live ?? image.scanned)?.digest;
  if (digest === undefined) return <Muted>{t('image.noDigest')}</Muted>;
  return <CopyableDigest digest={digest} image={imageName(image)} pinned={image.pinned} />;
}

/** The owner by its display name. */
export function Owner(props: {
  readonly row: OverviewRow;
  readonly overview: Pick<ImageOverview, 'owners'> | undefined;
}): ReactElement | null {
  const { ownerRef } = props.row;
  if (ownerRef === undefined) return null;
  const name = props.overview?.owners.find(({ ref }) => ref === ownerRef)?.displayName;
  return <EntityRefLink entityRef={ownerRef} title={name} />;
}
