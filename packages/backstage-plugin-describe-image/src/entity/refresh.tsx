import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { EntityImages } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import type { OpenEntityImages } from '../data/use-entity-images.ts';
import { useAnnounce } from '../elements/announcer.tsx';
import { Icon } from '../elements/icons.tsx';
import { imageName } from '../image/image-name.ts';
import { RequestFailure } from '../image/request-failure.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** Requests new observations of all images of the entity, and announces the result. */
export function RefreshButton({ images }: { readonly images: OpenEntityImages }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const refresh = useRefresh(images);
  return (
    <TooltipTrigger>
      <ButtonIcon
        aria-label={t('card.refresh')}
        icon={<Icon name="refresh" />}
        isPending={images.refreshing}
        onPress={refresh}
        size="small"
        variant="tertiary"
      />
      <Tooltip>{t('card.refresh')}</Tooltip>
    </TooltipTrigger>
  );
}

/** Why the last refresh failed, or which images it could not read. Renders nothing after a successful refresh. */
export function RefreshFailure({ images }: { readonly images: OpenEntityImages }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const refresh = useRefresh(images);
  const { refreshError, unrefreshed, data } = images;
  if (refreshError === undefined)
    return unrefreshed.length === 0 ? null : (
      <Alert
        description={unrefreshed.map((image) => image.label ?? imageName(image)).join(', ')}
        icon
        status="warning"
        style={{ overflowWrap: 'anywhere' }}
        title={t('card.refreshedSome', {
          failed: String(unrefreshed.length),
          total: String(data?.images.length ?? unrefreshed.length),
        })}
      />
    );
  return (
    <RequestFailure
      error={refreshError}
      loadedAt={images.loadedAt}
      onRetry={refresh}
      title={t('card.refreshFailed')}
    />
  );
}

function useRefresh(images: OpenEntityImages): () => void {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const announce = useAnnounce();
  const resultOf = (refreshed: EntityImages | undefined): string => {
    if (refreshed === undefined) return t('card.refreshFailed');
    const failed = refreshed.images.filter(({ failure }) => failure !== undefined).length;
    if (failed === 0) return t('card.refreshed');
    return t('card.refreshedSome', { failed: String(failed), total: String(refreshed.images.length) });
  };
  return () => {
    announce(t('card.refreshing'));
    void images.refresh().then((refreshed) => announce(resultOf(refreshed)));
  };
}
