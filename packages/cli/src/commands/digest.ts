import type { CommandDefinition } from '../command-definition.ts';
import { parseCount } from '../option-parsers.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION, TAG_OPTION } from './image-ids.ts';
import { DIGEST_OUTPUTS, DIGEST_SOURCES, LIST_FORMATS } from './output-formats.ts';

export const digestCommand: CommandDefinition = {
  name: 'digest',
  summary: 'print the digest of an image',
  description: [
    'Prints the digest of an image, given by a reference or by its four ids: --region, --instance, --repo and --tag.',
    'With a reference, --region, --instance and --repo select one of several matching images.',
    "--region also selects the endpoint. Use --image-region when the image is in another region. A region in the reference's host name takes precedence over --region.",
    'For several references, for - (stdin) and with --file, prints one line of NDJSON for each, in the order of the input, with a digest or an error. Exits with the code of the first error.',
  ],
  argument: {
    notation: '[references...]',
    description: '[host/][namespace/]repository[:tag][@sha256:…], or - for stdin',
  },
  options: [
    INSTANCE_OPTION,
    REPO_OPTION,
    TAG_OPTION,
    IMAGE_REGION_OPTION,
    {
      flags: '--allow-last-known',
      description: 'accept the digest of the inventory when DescribeImage has none for the tag',
    },
    {
      flags: '--require-live',
      description: 'fail unless the digest is from DescribeImage',
    },
    {
      flags: '--require-scanned',
      description: 'fail unless a scan of exactly this digest has finished since the image last changed',
    },
    {
      flags: '--source <source>',
      description:
        'live: only the digest of DescribeImage; inventory: only that of the inventory, without calling DescribeImage (default: both)',
      choices: DIGEST_SOURCES,
    },
    { flags: '--file <path>', description: 'read references from this file, or from stdin for -' },
    {
      flags: '--input-format <format>',
      description:
        'text: a reference per line; csv: column "reference"; ndjson: texts, or objects with "reference" (default: by the name or the first character)',
      choices: LIST_FORMATS,
    },
    {
      flags: '--resume <path>',
      description: 'print the digests in this earlier output again instead of looking them up',
    },
    {
      flags: '--concurrency <count>',
      description: 'maximum number of references looked up at once; throttling lowers it (default: 32)',
      parse: (text) => parseCount('--concurrency', text, 1),
    },
    {
      flags: '-o, --output <format>',
      description:
        'output format; ref prints registry/namespace/repository:tag@sha256:… and requires a reference (default: digest; ndjson for several references)',
      choices: DIGEST_OUTPUTS,
    },
  ],
  examples: [
    [
      'describe-image digest acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2',
      'by reference, as in a Kubernetes manifest',
    ],
    [
      'describe-image digest --region cn-hangzhou --instance cri-3xk9v2m7q4wz8d1p --repo crr-a1c7e9k2m4p6r8t0 --tag 1.4.2',
      'by the four ids',
    ],
    ['describe-image digest --file images.txt --source inventory', 'many references, as NDJSON'],
    ['describe-image digest shop/checkout:1.4.2 --output ref', 'print the pinned reference'],
    [
      'describe-image digest shop/checkout:1.4.2 --require-live --require-scanned',
      'fail unless this digest may be deployed',
    ],
  ],
  load: () => import('./digest-run.ts'),
};
