import { type CandidateHints, parseImageReference } from '@describe-image/core/images';
import type { OptionValues } from '../option-values.ts';

/**
 * The conditions that the flags add to a reference. A region in the reference's host takes precedence over `--region`, which also
 * selects the endpoint: an account of one site can have images in regions of the other. The configuration file can name the ids of a host.
 */
export function hintsFor(reference: string, options: OptionValues): CandidateHints {
  const { registry } = parseImageReference(reference);
  const named = options.registry(registry?.host);
  const flagRegion = registry?.regionId === undefined ? options.text('region') : undefined;
  return {
    regionId: options.text('imageRegion') ?? named?.region ?? flagRegion,
    instanceId: options.text('instance') ?? named?.instance,
    repoId: options.text('repo'),
  };
}
