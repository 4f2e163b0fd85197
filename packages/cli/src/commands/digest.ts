import type { CommandDefinition } from '../command-definition.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION, TAG_OPTION } from './image-ids.ts';
import { DIGEST_OUTPUTS } from './output-formats.ts';

export const digestCommand: CommandDefinition = {
  name: 'digest',
  summary: 'print the digest of an image',
  description: [
    'Prints the digest of an image, given by a reference or by its four ids: --region, --instance, --repo and --tag.',
    'With a reference, --region, --instance and --repo select one of several matching images.',
    "--region also selects the endpoint. Use --image-region when the image is in another region. A region in the reference's host name takes precedence over --region.",
  ],
  argument: {
    notation: '[reference]',
    description: '[host/][namespace/]repository[:tag][@sha256:…]',
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
      flags: '-o, --output <format>',
      description:
        'output format; ref prints registry/namespace/repository:tag@sha256:… and requires a reference (default: digest)',
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
    ['describe-image digest shop/checkout:1.4.2 --output ref', 'print the pinned reference'],
    [
      'describe-image digest shop/checkout:1.4.2 --require-live --require-scanned',
      'fail unless this digest may be deployed',
    ],
  ],
  load: () => import('./digest-run.ts'),
};
