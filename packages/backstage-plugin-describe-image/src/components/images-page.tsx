import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Flex, SearchField, Select, Text } from '@backstage/ui';
import { type ReactElement, useDeferredValue, useState } from 'react';
import { isDenied } from '../answers/is-denied.ts';
import { useAnswer } from '../answers/use-answer.ts';
import { useImageMoves } from '../answers/use-image-moves.ts';
import { useReadingRight } from '../answers/use-reading-right.ts';
import type { ImageOverviewQuery } from '../api/describe-image-api.ts';
import { describeImageApiRef } from '../api/describe-image-api-ref.ts';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { AnnotationFaults } from './annotation-faults.tsx';
import { Announcer } from './announcer.tsx';
import { Denied } from './denied.tsx';
import { OverviewCounts } from './overview-counts.tsx';
import { OverviewTable } from './overview-table.tsx';
import { RequestFailure } from './request-failure.tsx';

const PAGE_SIZE = 50;
/** What the filters call no filter; no entity ref looks like it. */
const ALL = '*';

/** The images of all entities, in both frontend systems; the page's head is the app's. */
export function ImagesPage(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const api = useApi(describeImageApiRef);
  const right = useReadingRight();
  const [query, setQuery] = useState<ImageOverviewQuery>({ page: 1, pageSize: PAGE_SIZE });
  // Typing goes on while answers are awaited.
  const asked = useDeferredValue(query);
  const overview = useAnswer(right === 'granted' ? ['overview', asked] : undefined, () =>
    api.getOverview(asked),
  );
  // The back end's order is the worst first, so that a move anywhere may change this page.
  useImageMoves(overview.ask);
  if (right === 'denied' || isDenied(overview.error))
    return (
      <Container>
        <Denied />
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
              label={t('overview.search')}
              onChange={(search) => filter({ search })}
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
          {overview.error && <RequestFailure error={overview.error} onAgain={overview.ask} />}
          {overview.data && (
            <Text aria-live="polite" as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
              {t('overview.count', { matching: String(matching), total: String(total) })}
            </Text>
          )}
          <OverviewTable
            isLoading={right === 'loading' || overview.loading}
            onPage={(page) => setQuery({ ...query, page })}
            overview={overview.data}
            page={query.page}
            pageSize={query.pageSize}
          />
          <AnnotationFaults faults={faults} />
        </Flex>
      </Container>
    </Announcer>
  );
}

function RefFilter(props: {
  readonly label: string;
  readonly refs: readonly string[];
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
        ...props.refs.map((ref) => ({ id: ref, label: ref.replace(/^(group|system):default\//, '') })),
      ]}
      size="medium"
      style={{ flex: '1 1 160px' }}
      value={props.value || ALL}
    />
  );
}
