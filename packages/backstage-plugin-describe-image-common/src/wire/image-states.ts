/**
 * The states of an image, from worst to best. Card, tab, overview, API, actions and metrics use these names. An image is counted once, by
 * its worst state.
 *
 * - `drift`: two of the declared, scanned and live digests differ
 * - `risky`: the scan found risks
 * - `missing`: DescribeImage has no digest for the tag, or no source has the image
 * - `unreadable`: the last attempt failed; the report has the failure and the last known digests
 * - `scan-failed`: the last scan failed
 * - `scan-outdated`: another digest was scanned, or the image changed after the scan
 * - `not-scanned`: there is no scan result, also for an image that is absent from the inventory
 * - `scanning`: a scan is in progress
 * - `not-verified`: there is no live check, or the last one is older than its limit
 * - `clean`: the scan of the live digest found no risks. The only state that may be shown in green
 *
 * @public
 */
export const IMAGE_STATES = [
  'drift',
  'risky',
  'missing',
  'unreadable',
  'scan-failed',
  'scan-outdated',
  'not-scanned',
  'scanning',
  'not-verified',
  'clean',
] as const;

/** One of {@link IMAGE_STATES}. @public */
export type ImageState = (typeof IMAGE_STATES)[number];
