import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** Placeholder rows while a request runs. */
export function LoadingRows(props: { readonly rows?: number }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const rows = Array.from({ length: props.rows ?? 2 }, (_, row) => row);
  return (
    <div aria-busy="true" role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Flex direction="column" gap="4">
        {rows.map((row) => (
          <Flex direction="column" gap="2" key={row}>
            <Skeleton height={18} style={SKELETON} width="60%" />
            <Skeleton height={14} style={SKELETON} width="85%" />
          </Flex>
        ))}
      </Flex>
    </div>
  );
}

/** Backstage UI's own colour is almost that of the card. */
const SKELETON = { backgroundColor: 'var(--bui-border-1)' };

/** Shown instead of images when the user lacks the permission. */
export function PermissionDenied(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Text as="p" color="secondary" variant="body-medium">
      {t('permissionDenied')}
    </Text>
  );
}
