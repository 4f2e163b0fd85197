/**
 * What images mean: references, digests, tags and risk, on top of any `Call`.
 *
 * @packageDocumentation
 */
export { assessRisk, type RiskAssessment, type RiskState } from './assess-risk.ts';
export { type DescribedImage, describeImage } from './describe-image.ts';
export { findTags, type TagsOfDigest } from './find-tags.ts';
export type { ImageFilter } from './image-filter.ts';
export { type ImageReference, parseImageReference } from './image-reference.ts';
export {
  type ImageList,
  type ImageListing,
  type ImagePage,
  type ListImagesOptions,
  listImages,
} from './list-images.ts';
export { parseRegistryHost, type RegistryHost } from './registry-host.ts';
export {
  type DigestSource,
  type LiveCheck,
  type ResolvedImage,
  type ResolveImageOptions,
  resolveImage,
} from './resolve-image.ts';
export type { CandidateHints } from './select-candidates.ts';
