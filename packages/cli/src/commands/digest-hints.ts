import { type CandidateHints, parseImageReference } from '@describe-image/core/images';
import type { OptionValues } from '../option-values.ts';

/**
 * What the flags add to a reference. `--region` also picks the endpoint, so it gives way to a region that the reference's host
 * names: an account of one site may well look at images of another.
 *
 * @throws ValidationError for a reference that is not one.
 */
export function hintsFor(reference: string, options: OptionValues): CandidateHints {
  const named = parseImageReference(reference).registry?.regionId;
  return {
    regionId: options.text('imageRegion') ?? (named === undefined ? options.text('region') : undefined),
    instanceId: options.text('instance'),
    repoId: options.text('repo'),
  };
}
