import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, SearchField } from '@backstage/ui';
import { type ReactElement, useCallback, useDeferredValue, useState } from 'react';
import { type DeclaredImageProps, useImageData } from '../data/use-image-data.ts';
import { Muted } from '../elements/muted.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageSection } from './image-section.tsx';
import { TagsTable, type TagsView } from './tags-table.tsx';

/** The tags of a declared image's repository. The back end searches, sorts and pages. */
export function RepositoryTagsSection(props: DeclaredImageProps): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { entityRef, image } = props;
  const [view, setView] = useState<TagsView>({ search: '', sort: '-updatedAt', page: 1, pageSize: 20 });
  const changeView = useCallback(
    // All changes but that of the page return to the first page.
    (change: Partial<TagsView>) => setView((previous) => ({ ...previous, page: 1, ...change })),
    [],
  );
  const deferredView = useDeferredValue(view);
  const tags = useImageData(props, ['tags', deferredView], (api) =>
    api.getRepositoryTags({ entityRef, key: image.key, ...deferredView }),
  );
  const isEmpty = tags.error !== undefined && tags.data === undefined;
  return (
    <ImageSection request={tags} title={t('tags.title', { repository: image.repository })}>
      {!isEmpty && (
        <SearchField
          aria-label={t('tags.search')}
          onChange={(search) => changeView({ search })}
          placeholder={t('tags.search')}
          size="small"
          value={view.search}
        />
      )}
      {tags.data?.incomplete && <Alert icon status="warning" title={t('tags.incomplete')} />}
      {tags.data && (
        <>
          <Muted as="p" live>
            {t('tags.count', { matching: String(tags.data.matching), total: String(tags.data.total) })} ·{' '}
            {t('tags.observed', { ago: <Ago instant={tags.data.observedAt} /> })}
          </Muted>
          <TagsTable onView={changeView} tags={tags.data} view={deferredView} />
        </>
      )}
    </ImageSection>
  );
}
