import { EntityLayout } from '@backstage/plugin-catalog';
import {
  EntityImagesCard,
  EntityImagesContent,
  isDescribeImageAvailable,
} from '@describe-image/backstage-plugin-describe-image/legacy';
import type { ReactElement } from 'react';

/** The page of all entity kinds. An element instead of a component, because Backstage collects its routes before rendering. */
export const entityPage: ReactElement = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <div style={{ maxWidth: 720 }}>
        <EntityImagesCard />
      </div>
    </EntityLayout.Route>
    <EntityLayout.Route if={isDescribeImageAvailable} path="/images" title="Images">
      <EntityImagesContent />
    </EntityLayout.Route>
  </EntityLayout>
);
