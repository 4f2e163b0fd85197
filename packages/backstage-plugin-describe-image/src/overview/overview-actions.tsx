import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex } from '@backstage/ui';
import { type ReactElement, useState } from 'react';
import { describeImageApiRef, type ImageOverviewQuery } from '../api/describe-image-api.ts';
import { CopyButton } from '../elements/copy-button.tsx';
import { Icon } from '../elements/icons.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** Exports the matching images as CSV, and copies a link to them. */
export function OverviewActions(props: {
  readonly query: ImageOverviewQuery;
  /** Receives the error of a failed export. */
  readonly onError: (error: Error | undefined) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const [exporting, setExporting] = useState(false);
  const exportImages = async (): Promise<void> => {
    setExporting(true);
    try {
      download(await api.exportOverview(props.query), 'images.csv');
      props.onError(undefined);
    } catch (error) {
      props.onError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setExporting(false);
    }
  };
  return (
    <Flex align="center" gap="2">
      <Button
        iconStart={<Icon name="download" />}
        isPending={exporting}
        onPress={() => void exportImages()}
        size="small"
        variant="secondary"
      >
        {t('overview.export')}
      </Button>
      <CopyButton icon="link" label={t('overview.copyLink')} text={window.location.href} />
    </Flex>
  );
}

/** A link would not send the user's token, so the browser saves the content of a response. */
function download(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
