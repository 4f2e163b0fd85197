import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type ImageRisk,
  type ImageState,
  imageState,
  type StatedImage,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Badge, type Tone } from '../elements/badge.tsx';
import type { IconName } from '../elements/icons.tsx';
import { Muted } from '../elements/muted.tsx';
import { useNow } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** Tone and icon of each state. Only `clean` is green. */
export const stateStyles: Readonly<Record<ImageState, { readonly tone: Tone; readonly icon: IconName }>> = {
  drift: { tone: 'warning', icon: 'split' },
  risky: { tone: 'danger', icon: 'warning' },
  missing: { tone: 'danger', icon: 'question' },
  unreadable: { tone: 'danger', icon: 'cross' },
  'scan-failed': { tone: 'warning', icon: 'cross' },
  'scan-outdated': { tone: 'warning', icon: 'history' },
  'not-scanned': { tone: 'neutral', icon: 'question' },
  scanning: { tone: 'info', icon: 'clock' },
  'not-verified': { tone: 'neutral', icon: 'eyeOff' },
  clean: { tone: 'success', icon: 'shield' },
};

/** The worst state of an image now. A page that stays open shows when the live check becomes too old. */
export function useImageState(image: StatedImage): ImageState {
  return imageState(image, useNow());
}

/** A state by its name, with the number of images in it if there is one. */
export function StateBadge(props: { readonly state: ImageState; readonly count?: number }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Badge {...stateStyles[props.state]} title={t(`stateHint.${props.state}`)}>
      {props.count} {t(`state.${props.state}`)}
    </Badge>
  );
}

/** What the scan found. Counts of zero and missing counts are omitted; without others, the result is `null`. */
export function RiskCounts(props: { readonly risk: ImageRisk | undefined }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const counts = (['vulnerabilities', 'alerts', 'baselineRisks'] as const).flatMap((kind) => {
    const count = props.risk?.[kind] ?? 0;
    return count === 0 ? [] : [t(`risk.${kind}`, { count })];
  });
  return counts.length === 0 ? null : <Muted>{counts.join(' · ')}</Muted>;
}
