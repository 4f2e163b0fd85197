import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { Fragment, type ReactElement } from 'react';
import { Badge, type Tone } from '../elements/badge.tsx';
import { Digest } from '../elements/digest.tsx';
import type { IconName } from '../elements/icons.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const styles: Record<ImageReport['drift'], { tone: Tone; icon: IconName }> = {
  drift: { tone: 'warning', icon: 'split' },
  agree: { tone: 'success', icon: 'equal' },
  unknown: { tone: 'neutral', icon: 'question' },
};

/** Whether the declared, scanned and live digests differ. */
export function DriftBadge(props: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return <Badge {...styles[props.image.drift]}>{t(`drift.${props.image.drift}`)}</Badge>;
}

/** Lists the digests of an image if they differ. Renders nothing otherwise. */
export function DriftDetails(props: { readonly image: ImageReport }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const digests = digestsByRole(props.image);
  const pairs = differingPairs(digests);
  if (pairs.length === 0) return null;
  const names = pairs.map(([left, right]) =>
    t('drift.pair', { left: t(`digestRole.${left}`), right: t(`digestRole.${right}`) }),
  );
  return (
    <div
      style={{
        borderLeft: '3px solid var(--bui-border-warning)',
        paddingLeft: 'var(--bui-space-3)',
      }}
    >
      <Text as="p" variant="body-small" weight="bold">
        {t('drift.difference', { pairs: names.join(', ') })}
      </Text>
      <dl
        aria-label={t('drift.digests')}
        style={{
          columnGap: 'var(--bui-space-3)',
          display: 'grid',
          gridTemplateColumns: 'max-content minmax(0, 1fr)',
          margin: 'var(--bui-space-1) 0 0',
          rowGap: 'var(--bui-space-1)',
        }}
      >
        {digests.map(({ role, digest }) => (
          <Fragment key={role}>
            <dt>
              <Text as="span" color="secondary" variant="body-small">
                {t(`digestRole.${role}`)}
              </Text>
            </dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>
              <Text as="span" variant="body-small">
                <Digest digest={digest} />
              </Text>
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

type DigestRole = 'declared' | 'scanned' | 'live';

interface RoleDigest {
  readonly role: DigestRole;
  readonly digest: string;
}

/** The known digests of an image. */
function digestsByRole(image: ImageReport): RoleDigest[] {
  const digests: [DigestRole, string | undefined][] = [
    ['declared', image.declared],
    ['scanned', image.scanned?.digest],
    ['live', image.live?.digest],
  ];
  return digests.flatMap(([role, digest]) => (digest === undefined ? [] : [{ role, digest }]));
}

function differingPairs(digests: readonly RoleDigest[]): [DigestRole, DigestRole][] {
  return digests.flatMap((left, index) =>
    digests
      .slice(index + 1)
      .filter((right) => right.digest !== left.digest)
      .map((right): [DigestRole, DigestRole] => [left.role, right.role]),
  );
}
