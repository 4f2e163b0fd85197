/**
 * Digests, scan results and drift of an entity's container images on Alibaba Cloud, for the new frontend system. The default export is the
 * plugin.
 *
 * @packageDocumentation
 */
export { isDescribeImageAvailable } from '@describe-image/backstage-plugin-describe-image-common';
export {
  type DescribeImageApi,
  describeImageApiRef,
  type ImageOverviewQuery,
  type RepositoryTagsQuery,
} from './api/describe-image-api.ts';
export { describeImagePlugin as default } from './plugin.tsx';
export { describeImageTranslationRef } from './translations/translation-ref.ts';
