import type { ImageFilter } from '@describe-image/core';
import type { OptionValues } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError for conditions that exclude each other. */
export function imageFilterFrom(options: OptionValues): ImageFilter {
  const scanned = options.flag('scanned');
  const notScanned = options.flag('notScanned');
  if (scanned && notScanned)
    throw new UsageError(
      '--scanned, --not-scanned: no image is both',
      'Give one of them, or neither for all images.',
    );
  return {
    repoName: options.text('repoName'),
    repoNamespace: options.text('namespace'),
    tag: options.text('tag'),
    digest: options.text('digest'),
    regionId: options.text('imageRegion') ?? options.text('region'),
    instanceId: options.text('instance'),
    repoId: options.text('repo'),
    riskStatus: options.flag('risk') ? 'YES' : undefined,
    scanned: scanned || (notScanned ? false : undefined),
  };
}
