/**
 * What images mean: references, digests, tags and risk, on top of any `Call`.
 *
 * @packageDocumentation
 */
export { assessRisk, type RiskAssessment, type RiskState } from './assess-risk.ts';
export { assessRiskOfDigest } from './assess-risk-of-digest.ts';
export { type CheckedRisk, checkRisk } from './check-risk.ts';
export type { ImageEvent, Observation } from './compare-observation.ts';
export { describableIds } from './describable-ids.ts';
export { type DescribedImage, describeImage } from './describe-image.ts';
export { type FoundImage, findImage } from './find-image.ts';
export { findTags, type TagsOfDigest } from './find-tags.ts';
export type { ImageFilter } from './image-filter.ts';
export { type ImageReference, parseImageReference } from './image-reference.ts';
export { indexListing, type ListingIndex } from './index-listing.ts';
export {
  type Choice,
  type ChoiceField,
  type ChoicePage,
  type ListChoicesOptions,
  listChoices,
} from './list-choices.ts';
export {
  type ImageList,
  type ImageListing,
  type ImagePage,
  type ListImagesOptions,
  listImages,
} from './list-images.ts';
export { listTags, type TagList } from './list-tags.ts';
export { type LocatedImage, locateImage } from './locate-image.ts';
export { pinReference } from './pin-reference.ts';
export { registryDomains } from './registry-domains.ts';
export { parseRegistryHost, type RegistryHost } from './registry-host.ts';
export {
  type DigestSource,
  type LiveCheck,
  type ResolvedImage,
  type ResolveImageOptions,
  resolveImage,
} from './resolve-image.ts';
export type { CandidateHints } from './select-candidates.ts';
export { parseTrackedTag, type TagMove, type TrackedTag, trackTag } from './track-tag.ts';
export { type Verification, verifyImage } from './verify-image.ts';
export { observationOf, observationsOf, sampleEvent, type WatchResult, watchImages } from './watch-images.ts';
export { parseWatchState, type WatchedRisk, type WatchedTag, type WatchState } from './watch-state.ts';
