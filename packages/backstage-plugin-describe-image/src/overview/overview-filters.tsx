import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, SearchField, Select } from '@backstage/ui';
import type { ImageOverview, OverviewRef } from '@describe-image/backstage-plugin-describe-image-common';
import { type ReactElement, useEffect, useState } from 'react';
import type { ImageOverviewQuery } from '../api/describe-image-api.ts';
import { repositoryPath } from '../image/image-name.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import type { OverviewChange } from './overview-query.ts';

/** Id of the option "All". It is not a valid entity ref or repository. */
const ALL = '*';
/** Shorter lists do not need a search field. */
const MIN_SEARCHABLE = 10;
const SEARCH_DELAY_MS = 300;

/** Search by text, owner, system and repository. */
export function OverviewFilters(props: {
  readonly query: ImageOverviewQuery;
  readonly overview: Pick<ImageOverview, 'owners' | 'systems' | 'repositories'> | undefined;
  readonly onChange: (change: OverviewChange) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { query, overview, onChange } = props;
  const repositories = (overview?.repositories ?? []).map((repository) => ({
    ref: repository,
    displayName: repositoryPath({ repository }),
  }));
  return (
    <Flex align="end" gap="3" style={{ flexWrap: 'wrap' }}>
      <DelayedSearch onChange={(search) => onChange({ search })} value={query.search ?? ''} />
      <RefFilter
        label={t('overview.owner')}
        onChange={(owner) => onChange({ owner })}
        refs={overview?.owners ?? []}
        value={query.owner}
      />
      <RefFilter
        label={t('overview.system')}
        onChange={(system) => onChange({ system })}
        refs={overview?.systems ?? []}
        value={query.system}
      />
      <RefFilter
        label={t('overview.repository')}
        onChange={(repository) => onChange({ repository })}
        refs={repositories}
        value={query.repository}
      />
    </Flex>
  );
}

/** Reports a text when the user stops typing. */
function DelayedSearch(props: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { value, onChange } = props;
  const [text, setText] = useState(value);
  // A link or the browser's history changed the text.
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <SearchField
      aria-label={t('overview.search')}
      onChange={setText}
      placeholder={t('overview.search')}
      size="medium"
      style={{ flex: '2 1 240px' }}
      value={text}
    />
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
        { value: ALL, label: t('overview.all') },
        ...props.refs.map(({ ref, displayName }) => ({ value: ref, label: displayName })),
      ]}
      searchable={props.refs.length > MIN_SEARCHABLE}
      searchPlaceholder={t('overview.filter')}
      size="medium"
      style={{ flex: '1 1 160px' }}
      value={props.value || ALL}
    />
  );
}
