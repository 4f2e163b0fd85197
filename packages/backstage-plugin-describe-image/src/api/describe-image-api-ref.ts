import { type ApiRef, createApiRef } from '@backstage/frontend-plugin-api';
import type { DescribeImageApi } from './describe-image-api.ts';

/**
 * Where components find the {@link DescribeImageApi}.
 *
 * @public
 */
export const describeImageApiRef: ApiRef<DescribeImageApi> = createApiRef<DescribeImageApi>().with({
  id: 'plugin.describe-image.service',
  pluginId: 'describe-image',
});
