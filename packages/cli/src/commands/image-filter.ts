import type { ImageFilter } from '@describe-image/core';
import type { OptionDefinition } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { OptionValues } from '../option-values.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION, TAG_OPTION } from './image-ids.ts';

/** An image is listed when it meets all conditions. */
export const FILTER_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--repo-name <name>', description: 'name of the repository, for example checkout' },
  { flags: '--namespace <name>', description: 'namespace of the repository, for example shop' },
  TAG_OPTION,
  { flags: '--digest <digest>', description: 'digest, with or without sha256:' },
  INSTANCE_OPTION,
  REPO_OPTION,
  IMAGE_REGION_OPTION,
  { flags: '--risk', description: 'only images in which a scan found risks' },
  { flags: '--scanned', description: 'only scanned images' },
  { flags: '--not-scanned', description: 'only images that were not scanned yet' },
];

/** @throws UsageError for conditions that exclude each other. */
export function imageFilterFrom(options: OptionValues): ImageFilter {
  const scanned = options.flag('scanned');
  const notScanned = options.flag('notScanned');
  if (scanned && notScanned)
    throw new UsageError(
      '--scanned and --not-scanned exclude each other',
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
