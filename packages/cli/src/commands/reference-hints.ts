import { type CandidateHints, parseImageReference } from '@describe-image/core/images';
import type { OptionValues } from '../option-values.ts';

/**
 * The conditions that the flags add to a reference. A region in the reference's host takes precedence over `--region`, which also
 * selects the endpoint: an account of one site can have images in regions of the other.
 */
export function hintsFor(reference: string, options: OptionValues): CandidateHints {
  const hostRegion = parseImageReference(reference).registry?.regionId;
  return {
    regionId: options.text('imageRegion') ?? (hostRegion === undefined ? options.text('region') : undefined),
    instanceId: options.text('instance'),
    repoId: options.text('repo'),
  };
}
