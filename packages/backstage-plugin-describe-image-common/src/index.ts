/**
 * Annotations, wire schemas and permissions shared by the Backstage plugin and its back end.
 *
 * @packageDocumentation
 */
export {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  IMAGE_FAULTS_ANNOTATION,
  INSTANCE_ANNOTATION,
  isDescribeImageAvailable,
  NOTIFICATIONS_ANNOTATION,
} from './annotations/annotations.ts';
export type {
  AnnotationFault,
  AnnotationPlace,
  DeclaredImage,
  DeclaredImageIds,
  ImageDeclaration,
} from './annotations/declared-image.ts';
export type { AnnotationFaultCode } from './annotations/fault-codes.ts';
export { parseImageAnnotations } from './annotations/parse-image-annotations.ts';
export { IMAGE_PARAMETER, imageTabPath } from './image-tab-path.ts';
export {
  describeImageEntityReadPermission,
  describeImagePermissions,
  describeImageReadPermission,
  describeImageReferenceReadPermission,
  RESOURCE_TYPE_DESCRIBE_IMAGE_ENTITY,
} from './permissions.ts';
export {
  compareImageStates,
  imageState,
  isVerified,
  type StatedImage,
} from './state/image-state.ts';
export { failureSchema, type ImageFailure } from './wire/failure.ts';
export { type ImageEvent, imageEventSchema } from './wire/image-event.ts';
export { type HistoryPeriod, type ImageHistory, imageHistorySchema } from './wire/image-history.ts';
export {
  type ImageOverview,
  imageOverviewSchema,
  type OverviewFault,
  type OverviewRef,
  type OverviewRow,
} from './wire/image-overview.ts';
export {
  annotationFaultSchema,
  type EntityImages,
  entityImagesSchema,
  type ImageLiveCheck,
  type ImageMove,
  type ImageReport,
  type ImageRisk,
  imageReportSchema,
} from './wire/image-report.ts';
export {
  DESCRIBE_IMAGE_CHANNEL,
  IMAGE_MOVED_TOPIC,
  type ImageMoved,
  type ImageSignal,
  imageMovedSchema,
  imageSignalSchema,
} from './wire/image-signal.ts';
export { IMAGE_STATES, type ImageState } from './wire/image-states.ts';
export type { Observation } from './wire/observation.ts';
export {
  type RepositoryTags,
  repositoryTagsSchema,
  type TagRow,
  type TagSort,
  tagSortSchema,
} from './wire/repository-tags.ts';
export { type RunningImage, runningImageSchema } from './wire/running-image.ts';
