import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ImageReport, Observation } from '@describe-image/backstage-plugin-describe-image-common';
import { Fragment, type ReactElement } from 'react';
import { Digest } from '../elements/digest.tsx';
import { Muted } from '../elements/muted.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** The role of a digest. Card, tab and timeline use the same names. */
export type DigestRole = 'declared' | 'scanned' | 'live';

/** The role of the digests that an operation returns. */
export const roleOfSource: Readonly<Record<Observation['source'], DigestRole>> = {
  DescribeImage: 'live',
  DescribeImageInstances: 'scanned',
};

/** The declared, scanned and live digest of an image, with the times of the observations. */
export function DigestList(props: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const digests = digestsByRole(props.image);
  const pairs = differingPairs(digests);
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
        {digests.map(({ role, digest, observation }) => (
          <Fragment key={role}>
            <dt>
              <Muted>{t(`digestRole.${role}`)}</Muted>
            </dt>
            <dd style={{ margin: 0 }}>
              {digest === undefined ? (
                <Muted>{t(role === 'declared' ? 'image.notDeclared' : 'image.noDigest')}</Muted>
              ) : (
                <Digest digest={digest} />
              )}{' '}
              {observation !== undefined && (
                <Muted variant="body-x-small">
                  <span title={observation.source}>
                    <Ago instant={observation.observedAt} />
                  </span>
                </Muted>
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

interface RoleDigest {
  readonly role: DigestRole;
  readonly digest: string | undefined;
  readonly observation?: Observation | undefined;
}

function digestsByRole({ declared, scanned, live }: ImageReport): RoleDigest[] {
  return [
    { role: 'declared', digest: declared },
    { role: 'scanned', digest: scanned?.digest, observation: scanned },
    { role: 'live', digest: live?.digest, observation: live },
  ];
}

function differingPairs(digests: readonly RoleDigest[]): [DigestRole, DigestRole][] {
  const known = digests.filter(({ digest }) => digest !== undefined);
  return known.flatMap((left, index) =>
    known
      .slice(index + 1)
      .filter((right) => right.digest !== left.digest)
      .map((right): [DigestRole, DigestRole] => [left.role, right.role]),
  );
}
