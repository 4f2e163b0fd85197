/**
 * References, digests, tags and risks of images, on top of any `Call`.
 *
 * @packageDocumentation
 */
export {
  assessRiskOfStatus,
  type CheckedRisk,
  type CheckRiskOptions,
  checkRisk,
} from './digests/check-risk.ts';
export { type DescribedImage, describableIds, describeImage } from './digests/describe-image.ts';
export {
  type DigestDemands,
  type DigestState,
  type DigestStatus,
  digestStatus,
  LIVE_CHECK_REASONS,
  type LiveCheck,
  type LiveGap,
  type Observation,
  type ObservedDigests,
  type StatusOptions,
  type UnmetDemand,
  unmetDemand,
} from './digests/digest-status.ts';
export {
  type LiveAnswer,
  type ObservedImage,
  type ObserveImageOptions,
  observeImage,
  observeLive,
} from './digests/observe-image.ts';
export {
  type DigestSource,
  type ResolvedImage,
  type ResolveImageOptions,
  resolveImage,
  resolveObserved,
} from './digests/resolve-image.ts';
export { type Verification, type VerifyImageOptions, verifyImage } from './digests/verify-image.ts';
export {
  assessRisk,
  assessRiskOfDigest,
  type RiskAssessment,
  type RiskState,
} from './inventory/assess-risk.ts';
export { type FoundImage, findImage, type LocatedImage, locateImage } from './inventory/find-image.ts';
export { type FindTagsOptions, findTags, type TagsOfDigest } from './inventory/find-tags.ts';
export type { ImageFilter } from './inventory/image-filter.ts';
export { indexListing, type ListingIndex } from './inventory/index-listing.ts';
export {
  type Choice,
  type ChoiceField,
  type ChoicePage,
  type ListChoicesOptions,
  listChoices,
} from './inventory/list-choices.ts';
export {
  type ImageList,
  type ImageListing,
  type ImagePage,
  type ListImagesOptions,
  listImages,
} from './inventory/list-images.ts';
export { listTags, type TagList } from './inventory/list-tags.ts';
export { lastChange } from './inventory/newest-rows.ts';
export type { CandidateHints } from './inventory/select-candidates.ts';
export { type ImageReference, parseImageReference } from './references/image-reference.ts';
export { type NamedImage, type NamedRow, pinReference, repositoryName } from './references/pin-reference.ts';
export { parseRegistryHost, type RegistryHost, registryDomains } from './references/registry-host.ts';
export {
  type ComparableVulnerability,
  compareVulnerabilities,
  type VulnerabilityChanges,
} from './vulnerabilities/compare-vulnerabilities.ts';
export {
  type ListVulnerabilitiesOptions,
  listVulnerabilities,
  type VulnerabilityFilter,
  type VulnerabilityList,
  type VulnerabilityListing,
  type VulnerabilityPage,
  type VulnerabilityQuery,
} from './vulnerabilities/list-vulnerabilities.ts';
export {
  byUrgency,
  summarizeVulnerabilities,
  type VulnerabilityCounts,
  type VulnerabilitySummary,
} from './vulnerabilities/summarize-vulnerabilities.ts';
export type { VulnerabilitySubject, VulnerabilityTarget } from './vulnerabilities/vulnerability-subject.ts';
export type { ImageEvent } from './watching/compare-image.ts';
export { parseWatchState } from './watching/parse-watch-state.ts';
export { type LiveCheckPlan, planLiveChecks } from './watching/plan-live-checks.ts';
export { type StoredWatchState, storeWatchState } from './watching/stored-watch-state.ts';
export {
  type EarlierDigest,
  parseTrackedTag,
  type TagMove,
  type TrackedTag,
  trackTag,
} from './watching/track-tag.ts';
export { observeListing, sampleEvent, type WatchResult, watchImages } from './watching/watch-images.ts';
export type { WatchedRisk, WatchedTag, WatchState } from './watching/watch-state.ts';
