import { EntityLayout } from '@backstage/plugin-catalog';
import {
  EntityImagesCard,
  EntityImagesContent,
  isDescribeImageAvailable,
} from '@describe-image/backstage-plugin-describe-image/legacy';
import type { ReactElement } from 'react';

/** One page for every kind. An element and no component: the app looks through it for routes before anything is rendered. */
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
