/**
 * What the Backstage plugin and its back end agree on.
 *
 * @packageDocumentation
 */
export {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  INSTANCE_ANNOTATION,
} from './annotations.ts';
export type {
  AnnotationFault,
  AnnotationPlace,
  DeclaredImage,
  DeclaredImageIds,
  ImageDeclaration,
} from './declared-image.ts';
export { isDescribeImageAvailable } from './is-describe-image-available.ts';
export { parseImageAnnotations } from './parse-image-annotations.ts';
export { describeImagePermissions, describeImageReadPermission } from './permissions.ts';
export { type EntityImages, entityImagesSchema } from './wire/entity-images.ts';
export type { Observation } from './wire/facts.ts';
export { failureSchema, type ImageFailure } from './wire/failure.ts';
export { type HistoryPeriod, type ImageHistory, imageHistorySchema } from './wire/image-history.ts';
export { type ImageOverview, imageOverviewSchema, type OverviewRow } from './wire/image-overview.ts';
export { type ImageMove, type ImageReport, imageReportSchema } from './wire/image-report.ts';
export {
  DESCRIBE_IMAGE_CHANNEL,
  IMAGE_MOVED_TOPIC,
  type ImageMoved,
  type ImageSignal,
  imageMovedSchema,
  imageSignalSchema,
} from './wire/image-signal.ts';
export {
  type RepositoryTags,
  repositoryTagsSchema,
  type TagRow,
  type TagSort,
  tagSortSchema,
} from './wire/repository-tags.ts';
export type { ImageRisk } from './wire/risk.ts';
