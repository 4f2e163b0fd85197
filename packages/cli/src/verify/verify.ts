import type { CommandDefinition } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION } from '../commands/image-ids.ts';
import { SELECT_OPTIONS } from '../manifests/select-references.ts';
import { REJECTED, VERIFY_OUTPUTS } from './output-formats.ts';

export const verifyCommand: CommandDefinition = {
  name: 'verify',
  summary: 'compare declared and running digests with those of the tags',
  description: [
    'Compares the digests that references, manifest files or pods name with the digest that each tag has now, by DescribeImage and the inventory.',
    'An argument is a reference, a file, a folder, a quoted pattern, or - for stdin: references, or the JSON of `kubectl get pods`. Files are those that `pin` reads.',
    'Exits with 3 if a digest differs, 4 if an image is missing, 7 if it does not meet --require-live, --require-scanned, --require-pinned or --fail-on. A reference without a digest is listed as unpinned and does not fail.',
  ],
  argument: { notation: '<images...>', description: 'references, files, folders, patterns, or - for stdin' },
  options: [
    { flags: '--expect <digest>', description: 'the digest of the only reference' },
    { flags: '--require-live', description: 'fail for a digest that is not from DescribeImage' },
    {
      flags: '--require-scanned',
      description: 'fail for a digest without a finished scan since the image last changed',
    },
    { flags: '--require-pinned', description: 'fail for an image without a declared digest' },
    {
      flags: '--fail-on <list>',
      description:
        'separated by commas: risky (anything but clean), stale (a scan of another digest), asap or later (vulnerabilities of this priority or a more urgent one)',
      parse: (text) => text.split(',').map(parseRejected),
    },
    ...SELECT_OPTIONS,
    INSTANCE_OPTION,
    REPO_OPTION,
    IMAGE_REGION_OPTION,
    {
      flags: '-o, --output <format>',
      description: 'output format (default: table)',
      choices: VERIFY_OUTPUTS,
    },
  ],
  examples: [
    ['describe-image verify deploy/ --require-pinned', 'the manifests of a folder, in CI'],
    ['kubectl get pods -A -o json | describe-image verify -', 'the pods of a cluster'],
    ['describe-image verify shop/checkout:1.4.2 --expect sha256:…', 'one image'],
  ],
  load: () => import('./verify-run.ts'),
};

function parseRejected(text: string): (typeof REJECTED)[number] {
  const rejected = REJECTED.find((known) => known === text.trim());
  if (rejected !== undefined) return rejected;
  throw new UsageError(
    `--fail-on: expected ${REJECTED.join(', ')}, or several of them separated by commas, got ${JSON.stringify(text)}`,
    'Example: --fail-on risky,stale',
  );
}
