/**
 * Digest, scan and drift of an entity's container images on Alibaba Cloud, for the new frontend system.
 *
 * @packageDocumentation
 */
export { isDescribeImageAvailable } from '@describe-image/backstage-plugin-describe-image-common';
export type {
  DescribeImageApi,
  ImageOverviewQuery,
  RepositoryTagsQuery,
} from './api/describe-image-api.ts';
export { describeImageApiRef } from './api/describe-image-api-ref.ts';
export { describeImagePlugin as default } from './plugin.tsx';
export { describeImageTranslationRef } from './translation-ref.ts';
