import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, SearchField, Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useCallback, useDeferredValue, useState } from 'react';
import { describeImageApiRef } from '../api/describe-image-api.ts';
import { useBackEndData } from '../data/use-back-end-data.ts';
import { useImageMoves } from '../data/use-image-moves.ts';
import { RequestFailure } from '../elements/request-state.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { TagsTable, type TagsView } from './tags-table.tsx';

/** The tags of a declared image's repository. The back end searches, sorts and pages. */
export function RepositoryTagsSection(props: {
  readonly entityRef: string;
  readonly image: ImageReport;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const { entityRef, image } = props;
  const [view, setView] = useState<TagsView>({ search: '', sort: '-updatedAt', page: 1, pageSize: 20 });
  const changeView = useCallback(
    // All changes but that of the page return to the first page.
    (change: Partial<TagsView>) => setView((previous) => ({ ...previous, page: 1, ...change })),
    [],
  );
  // The search field stays responsive while the table renders.
  const deferredView = useDeferredValue(view);
  const tags = useBackEndData(['tags', entityRef, image.key, deferredView], () =>
    api.getRepositoryTags({ entityRef, key: image.key, ...deferredView }),
  );
  useImageMoves((signal) => {
    if (signal.image === image.id) tags.reload();
  });
  const title = t('tags.title', { repository: image.repository });
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="3">
        <Text as="h3" style={{ margin: 0, overflowWrap: 'anywhere' }} variant="title-x-small" weight="bold">
          {title}
        </Text>
        <SearchField
          aria-label={t('tags.search')}
          onChange={(search) => changeView({ search })}
          placeholder={t('tags.search')}
          size="small"
          value={view.search}
        />
        {tags.error && <RequestFailure error={tags.error} onRetry={tags.reload} />}
        {tags.data?.incomplete && <Alert icon status="warning" title={t('tags.incomplete')} />}
        {tags.data && (
          <Text aria-live="polite" as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
            {t('tags.count', { matching: String(tags.data.matching), total: String(tags.data.total) })} ·{' '}
            {t('tags.observed', { ago: <Ago instant={tags.data.observedAt} /> })}
          </Text>
        )}
        <TagsTable isLoading={tags.loading} onView={changeView} tags={tags.data} view={deferredView} />
      </Flex>
    </section>
  );
}
