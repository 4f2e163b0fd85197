import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';
import { SELECT_OPTIONS } from '../manifests/select-references.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION } from './image-ids.ts';
import { PIN_OUTPUTS } from './output-formats.ts';

const FILES = {
  notation: '<files...>',
  description: 'files, folders and quoted patterns such as "deploy/**/*.yaml"',
};

const EDIT_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--check', description: 'write nothing; exit with 3 if a file would change' },
  { flags: '--diff', description: 'print the changes as a unified diff' },
  ...SELECT_OPTIONS,
  {
    flags: '-o, --output <format>',
    description: 'output format (default: text)',
    choices: PIN_OUTPUTS,
  },
];

export const pinCommand: CommandDefinition = {
  name: 'pin',
  summary: 'write digests into manifests',
  description: [
    'Appends the digest to every image reference in Kubernetes YAML, Kustomize, Helm values, Compose and Dockerfiles: repository:tag becomes repository:tag@sha256:…. Existing digests are updated. All other bytes are kept.',
    'References without a tag, with variables, or unknown to Security Center stay and are reported. Nothing is written if a request fails.',
  ],
  argument: FILES,
  options: [
    ...EDIT_OPTIONS,
    { flags: '--allow-last-known', description: 'accept the digest of the inventory for a deleted tag' },
    { flags: '--require-live', description: 'pin only to digests of DescribeImage' },
    { flags: '--require-scanned', description: 'pin only to digests that were scanned' },
    { flags: '--strict', description: 'exit with 4 if a reference stays without a digest' },
    INSTANCE_OPTION,
    REPO_OPTION,
    IMAGE_REGION_OPTION,
  ],
  examples: [
    ['describe-image pin deploy/', 'pin all manifests in a folder'],
    ['describe-image pin --check --diff deploy/', 'fail in CI if a digest is missing or has moved'],
  ],
  load: () => import('./pin-run.ts'),
};

export const unpinCommand: CommandDefinition = {
  name: 'unpin',
  summary: 'remove digests from manifests',
  description: ['Removes the digests that `pin` wrote. Sends no request.'],
  argument: FILES,
  options: EDIT_OPTIONS,
  examples: [['describe-image unpin deploy/', 'remove the digests in a folder']],
  load: async () => ({ run: (await import('./pin-run.ts')).runUnpin }),
};
