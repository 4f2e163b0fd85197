import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Flex, Link } from '@backstage/ui';
import type { ImageOverview } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Muted } from '../elements/muted.tsx';
import { LoadingRows } from '../elements/request-state.tsx';
import { useImageTabUrl } from '../image/image-links.tsx';
import { ShortName } from '../image/short-name.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { Owner, RowDigest, RowState } from './overview-row.tsx';

/** One page of the images on a phone, where a table would have to scroll horizontally. */
export function OverviewList(props: {
  readonly overview: ImageOverview | undefined;
  readonly isLoading: boolean;
  readonly page: number;
  readonly pageSize: number;
  readonly onPage: (page: number) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const tabUrl = useImageTabUrl();
  const { overview, page, pageSize, onPage } = props;
  if (props.isLoading || overview === undefined) return <LoadingRows rows={5} />;
  if (overview.rows.length === 0) return <Muted as="p">{t('overview.empty')}</Muted>;
  return (
    <>
      <ul aria-label={t('overview.title')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {overview.rows.map((row) => (
          <li
            key={`${row.entityRef} ${row.image.key}`}
            style={{ borderTop: '1px solid var(--bui-border-1)', padding: 'var(--bui-space-2) 0' }}
          >
            <Flex align="center" gap="2" justify="between">
              <span style={{ minWidth: 0 }}>
                <ShortName image={row.image}>
                  {(name) => (
                    <Link href={tabUrl(row.entityRef, row.image)} variant="body-medium">
                      {name}
                    </Link>
                  )}
                </ShortName>
              </span>
              <RowState image={row.image} />
            </Flex>
            <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
              <EntityRefLink entityRef={row.entityRef} title={row.title} />
              <Owner overview={overview} row={row} />
            </Flex>
            <RowDigest image={row.image} />
          </li>
        ))}
      </ul>
      <Flex align="center" gap="3" justify="between">
        <Button isDisabled={page === 1} onPress={() => onPage(page - 1)} size="small" variant="secondary">
          {t('table.previous')}
        </Button>
        <Muted>
          {t('table.range', {
            from: String((page - 1) * pageSize + 1),
            to: String((page - 1) * pageSize + overview.rows.length),
            total: String(overview.matching),
          })}
        </Muted>
        <Button
          isDisabled={page * pageSize >= overview.matching}
          onPress={() => onPage(page + 1)}
          size="small"
          variant="secondary"
        >
          {t('table.next')}
        </Button>
      </Flex>
    </>
  );
}
