import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, SearchField, Text } from '@backstage/ui';
import {
  type ImageReport,
  type TagSort,
  tagSortSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useDeferredValue, useState } from 'react';
import { useAnswer } from '../answers/use-answer.ts';
import { useImageMoves } from '../answers/use-image-moves.ts';
import { describeImageApiRef } from '../api/describe-image-api-ref.ts';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { RequestFailure } from './request-failure.tsx';
import { TagsTable } from './tags-table.tsx';

/** All tags of one declared image's repository; the back end finds, sorts and pages. */
export function RepositoryTagsSection(props: {
  readonly entityRef: string;
  readonly image: ImageReport;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const { entityRef, image } = props;
  const [view, setView] = useState<{ search: string; sort: TagSort; page: number; pageSize: number }>({
    search: '',
    sort: '-updatedAt',
    page: 1,
    pageSize: 20,
  });
  // Typing goes on while answers are awaited.
  const asked = useDeferredValue(view);
  const tags = useAnswer(['tags', entityRef, image.key, asked], () =>
    api.getRepositoryTags({ entityRef, key: image.key, ...asked }),
  );
  useImageMoves((signal) => {
    if (signal.image === image.id) tags.ask();
  });
  const { matching = 0, total = 0 } = tags.data ?? {};
  const title = t('tab.tags', { repository: image.repository });
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="3">
        <Text as="h3" style={{ margin: 0, overflowWrap: 'anywhere' }} variant="title-x-small" weight="bold">
          {title}
        </Text>
        <SearchField
          aria-label={t('tags.search')}
          onChange={(search) => setView({ ...view, search, page: 1 })}
          placeholder={t('tags.search')}
          size="small"
          value={view.search}
        />
        {tags.error && <RequestFailure error={tags.error} onAgain={tags.ask} />}
        {tags.data?.incomplete && <Alert icon status="warning" title={t('tags.incomplete')} />}
        {tags.data && (
          <Text aria-live="polite" as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
            {t('tags.count', { matching: String(matching), total: String(total) })} ·{' '}
            {t('tags.observed', { ago: <Ago instant={tags.data.observedAt} /> })}
          </Text>
        )}
        <TagsTable
          isLoading={tags.loading}
          onPage={(page) => setView({ ...view, page })}
          onPageSize={(pageSize) => setView({ ...view, pageSize, page: 1 })}
          onSort={(column, descending) => {
            const sort = tagSortSchema.safeParse(`${descending ? '-' : ''}${column}`);
            if (sort.success) setView({ ...view, sort: sort.data, page: 1 });
          }}
          page={view.page}
          pageSize={view.pageSize}
          sort={view.sort}
          tags={tags.data}
        />
      </Flex>
    </section>
  );
}
