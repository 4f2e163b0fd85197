import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { Fragment, type ReactElement } from 'react';
import { Digest } from '../elements/digest.tsx';
import { Muted } from '../elements/muted.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { differingRoles, digestsByRole, type RoleDigest } from './digest-roles.ts';

/** The declared, scanned, live and running digests of an image, with their times. */
export function DigestList(props: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { running } = props.image;
  const digests = digestsByRole(props.image);
  const pairs = differingRoles(digests);
  return (
    <div
      style={
        pairs.length === 0
          ? {}
          : { borderLeft: '3px solid var(--bui-border-warning)', paddingLeft: 'var(--bui-space-3)' }
      }
    >
      {pairs.length > 0 && (
        <Text as="p" style={{ margin: 0 }} variant="body-small" weight="bold">
          {t('drift.difference', {
            pairs: pairs
              .map(([left, right]) =>
                t('drift.pair', { left: t(`digestRole.${left}`), right: t(`digestRole.${right}`) }),
              )
              .join(', '),
          })}
        </Text>
      )}
      <dl
        aria-label={t('drift.digests')}
        style={{
          columnGap: 'var(--bui-space-3)',
          display: 'grid',
          gridTemplateColumns: 'max-content minmax(0, 1fr)',
          margin: 0,
          rowGap: 'var(--bui-space-1)',
        }}
      >
        {digests.map((entry) => (
          <Fragment key={`${entry.role} ${entry.digest}`}>
            <dt>
              <Muted>{t(`digestRole.${entry.role}`)}</Muted>
            </dt>
            <dd style={{ margin: 0 }}>
              <DigestEntry entry={entry} />
            </dd>
          </Fragment>
        ))}
        {running !== undefined && running.state !== 'running' && (
          <>
            <dt>
              <Muted>{t('digestRole.running')}</Muted>
            </dt>
            <dd style={{ margin: 0 }} title={running.reason}>
              <Muted>{t(`running.${running.state}`)}</Muted>
            </dd>
          </>
        )}
      </dl>
      {running !== undefined && <RunningPlaces running={running} />}
    </div>
  );
}

function DigestEntry({ entry }: { readonly entry: RoleDigest }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { role, digest, at, containers } = entry;
  return (
    <>
      {digest === undefined ? (
        <Muted>{t(role === 'declared' ? 'image.notDeclared' : 'image.noDigest')}</Muted>
      ) : (
        <Digest digest={digest} />
      )}{' '}
      <Muted variant="body-x-small">
        {containers !== undefined && t('running.containers', { count: containers })}{' '}
        {at !== undefined && <Ago instant={at} />}
      </Muted>
    </>
  );
}

/** Where the image runs, on demand. Renders nothing without the permission to read it. */
function RunningPlaces(props: {
  readonly running: NonNullable<ImageReport['running']>;
}): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const places = props.running.digests.flatMap((digest) => digest.places ?? []);
  if (places.length === 0) return null;
  return (
    <details>
      <summary style={{ cursor: 'pointer' }}>
        <Text as="span" variant="body-small">
          {t('running.places')}
        </Text>
      </summary>
      <ul style={{ margin: 0, overflowWrap: 'anywhere', paddingLeft: 'var(--bui-space-4)' }}>
        {places.map(({ cluster, namespace, pod, container, since }) => (
          <li key={`${cluster} ${namespace} ${pod} ${container}`}>
            <Muted>
              {`${cluster} / ${namespace} / ${pod} / ${container}`}{' '}
              {since !== undefined && <Ago instant={since} />}
            </Muted>
          </li>
        ))}
      </ul>
    </details>
  );
}
