import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Container, Flex, PluginHeader, useBreakpoint } from '@backstage/ui';
import { type ReactElement, useCallback, useState } from 'react';
import { describeImageApiRef } from '../api/describe-image-api.ts';
import { isPermissionDenied, useReadPermission } from '../data/read-permission.ts';
import { useBackEndData } from '../data/use-back-end-data.ts';
import { useImageMoves } from '../data/use-image-moves.ts';
import { Announcer } from '../elements/announcer.tsx';
import { Icon } from '../elements/icons.tsx';
import { Muted } from '../elements/muted.tsx';
import { PermissionDenied } from '../elements/request-state.tsx';
import { RequestFailure } from '../image/request-failure.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { OverviewActions } from './overview-actions.tsx';
import { OverviewFaults } from './overview-faults.tsx';
import { OverviewFilters } from './overview-filters.tsx';
import { OverviewList } from './overview-list.tsx';
import { type OverviewChange, useOverviewQuery } from './overview-query.ts';
import { OverviewTable } from './overview-table.tsx';
import { StateTiles } from './state-tiles.tsx';

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
  const permission = useReadPermission();
  return (
    <Announcer>
      <Container>
        <Flex direction="column" gap="4" style={{ minWidth: 0, paddingBlock: 'var(--bui-space-4)' }}>
          {permission === 'denied' ? <PermissionDenied /> : <Images isReady={permission === 'granted'} />}
        </Flex>
      </Container>
    </Announcer>
  );
}

function Images({ isReady }: { readonly isReady: boolean }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const isPhone = !useBreakpoint().up('sm');
  const [query, change] = useOverviewQuery();
  const [exportError, setExportError] = useState<Error>();
  const { data, loadedAt, error, loading, reload } = useBackEndData(
    isReady ? ['overview', query] : undefined,
    () => api.getOverview(query),
  );
  // Any move can change the order of rows.
  useImageMoves(reload);
  const changePage = useCallback((page: number) => change({ page }), [change]);
  if (isPermissionDenied(error)) return <PermissionDenied />;
  const { matching = 0, total = 0 } = data ?? {};
  const View = isPhone ? OverviewList : OverviewTable;
  return (
    <>
      <Muted as="p" variant="body-medium">
        {t('overview.intro')}
      </Muted>
      {data && (
        <StateTiles counts={data.counts} onSelect={(state) => change({ state })} selected={query.state} />
      )}
      <OverviewFilters onChange={change} overview={data} query={query} />
      {error && <RequestFailure error={error} loadedAt={loadedAt} onRetry={reload} />}
      {exportError && (
        <RequestFailure
          error={exportError}
          loadedAt={undefined}
          onRetry={() => setExportError(undefined)}
          title={t('overview.exportFailed')}
        />
      )}
      {data && (
        <Flex align="center" gap="3" justify="between" style={{ flexWrap: 'wrap' }}>
          <Flex align="center" gap="3">
            <Muted as="p" live>
              {t('overview.count', { matching: String(matching), total: String(total) })}
            </Muted>
            {matching < total && (
              <Button onPress={() => change(NO_FILTERS)} size="small" variant="tertiary">
                {t('overview.clear')}
              </Button>
            )}
          </Flex>
          <OverviewActions onError={setExportError} query={query} />
        </Flex>
      )}
      {(data !== undefined || error === undefined) && (
        <View
          isLoading={!isReady || loading}
          onPage={changePage}
          overview={data}
          page={query.page}
          pageSize={query.pageSize}
        />
      )}
      {data && <OverviewFaults overview={data} />}
    </>
  );
}

const NO_FILTERS: OverviewChange = { owner: '', system: '', repository: '', state: undefined, search: '' };
