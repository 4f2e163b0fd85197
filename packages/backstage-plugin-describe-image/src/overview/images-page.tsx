import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Flex, PluginHeader, SearchField, Select, Text } from '@backstage/ui';
import type { OverviewRef } from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useCallback, useDeferredValue, useState } from 'react';
import { describeImageApiRef, type ImageOverviewQuery } from '../api/describe-image-api.ts';
import { isPermissionDenied, useReadPermission } from '../data/read-permission.ts';
import { useBackEndData } from '../data/use-back-end-data.ts';
import { useImageMoves } from '../data/use-image-moves.ts';
import { Announcer } from '../elements/announcer.tsx';
import { Icon } from '../elements/icons.tsx';
import { PermissionDenied } from '../elements/request-state.tsx';
import { AnnotationFaults } from '../image/annotations.tsx';
import { RequestFailure } from '../image/request-failure.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { OverviewCounts } from './overview-counts.tsx';
import { OverviewTable } from './overview-table.tsx';

const PAGE_SIZE = 50;
/** Id of the filter option "All". It is not a valid entity ref. */
const ALL = '*';

/** The page for the old frontend system, where a plugin renders its own header. */
export function LegacyImagesPage(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <main style={{ gridArea: 'pageContent', minWidth: 0, overflowY: 'auto' }}>
      <PluginHeader icon={<Icon name="boxes" />} title={t('overview.title')} />
      <ImagesPage />
    </main>
  );
}

/** The images of all entities, without a header. */
export function ImagesPage(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const permission = useReadPermission();
  const [query, setQuery] = useState<ImageOverviewQuery>({ page: 1, pageSize: PAGE_SIZE });
  const changePage = useCallback((page: number) => setQuery((previous) => ({ ...previous, page })), []);
  // The search field stays responsive while the table renders.
  const deferredQuery = useDeferredValue(query);
  const overview = useBackEndData(permission === 'granted' ? ['overview', deferredQuery] : undefined, () =>
    api.getOverview(deferredQuery),
  );
  // Any move can change the order of rows.
  useImageMoves(overview.reload);
  if (permission === 'denied' || isPermissionDenied(overview.error))
    return (
      <Container>
        <PermissionDenied />
      </Container>
    );
  const { matching = 0, total = 0, owners = [], systems = [], faults = [] } = overview.data ?? {};
  const filter = (change: Partial<ImageOverviewQuery>) => setQuery({ ...query, ...change, page: 1 });
  return (
    <Announcer>
      <Container>
        <Flex direction="column" gap="4" style={{ minWidth: 0, paddingBlock: 'var(--bui-space-4)' }}>
          <Text as="p" color="secondary" style={{ margin: 0 }} variant="body-medium">
            {t('overview.intro')}
          </Text>
          {overview.data && <OverviewCounts counts={overview.data.counts} />}
          <Flex align="end" gap="3" style={{ flexWrap: 'wrap' }}>
            <SearchField
              aria-label={t('overview.search')}
              onChange={(search) => filter({ search })}
              placeholder={t('overview.search')}
              size="medium"
              style={{ flex: '2 1 240px' }}
              value={query.search ?? ''}
            />
            <RefFilter
              label={t('overview.owner')}
              onChange={(owner) => filter({ owner })}
              refs={owners}
              value={query.owner}
            />
            <RefFilter
              label={t('overview.system')}
              onChange={(system) => filter({ system })}
              refs={systems}
              value={query.system}
            />
          </Flex>
          {overview.error && (
            <RequestFailure error={overview.error} loadedAt={overview.loadedAt} onRetry={overview.reload} />
          )}
          {overview.data && (
            <Text aria-live="polite" as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
              {t('overview.count', { matching: String(matching), total: String(total) })}
            </Text>
          )}
          <OverviewTable
            isLoading={permission === 'loading' || overview.loading}
            onPage={changePage}
            overview={overview.data}
            page={deferredQuery.page}
            pageSize={deferredQuery.pageSize}
          />
          <AnnotationFaults faults={faults} />
        </Flex>
      </Container>
    </Announcer>
  );
}

function RefFilter(props: {
  readonly label: string;
  readonly refs: readonly OverviewRef[];
  readonly value: string | undefined;
  readonly onChange: (ref: string) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Select
      label={props.label}
      onChange={(ref) => props.onChange(ref === ALL ? '' : String(ref))}
      options={[
        { id: ALL, label: t('overview.all') },
        ...props.refs.map(({ ref, displayName }) => ({ id: ref, label: displayName })),
      ]}
      size="medium"
      style={{ flex: '1 1 160px' }}
      value={props.value || ALL}
    />
  );
}
