import { EntityAboutCard, EntityLayout } from '@backstage/plugin-catalog';
import {
  EntityImagesCard,
  EntityImagesContent,
  isDescribeImageAvailable,
} from '@describe-image/backstage-plugin-describe-image/legacy';
import type { ReactElement } from 'react';

/** One page for every kind: what the entity is, and its images. */
export function EntityPage(): ReactElement {
  return (
    <EntityLayout>
      <EntityLayout.Route path="/" title="Overview">
        <div
          style={{
            display: 'grid',
            gap: 24,
            gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
          }}
        >
          <EntityAboutCard />
          <EntityImagesCard />
        </div>
      </EntityLayout.Route>
      <EntityLayout.Route if={isDescribeImageAvailable} path="/images" title="Images">
        <EntityImagesContent />
      </EntityLayout.Route>
    </EntityLayout>
  );
}
