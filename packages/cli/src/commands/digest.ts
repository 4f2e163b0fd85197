import type { CommandDefinition } from '../command-definition.ts';
import { DIGEST_OUTPUTS } from './digest-outputs.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION, TAG_OPTION } from './image-id-options.ts';

export const digestCommand: CommandDefinition = {
  name: 'digest',
  summary: 'print the digest of an image',
  description: [
    'Prints the digest of an image, named by a reference or by its four ids: --region, --instance, --repo and --tag.',
    'With a reference, --region, --instance and --repo narrow down which image is meant.',
    "--region also picks the endpoint. Where the image is elsewhere, say so with --image-region; a region in the reference's own host name stands by itself.",
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
      flags: '-o, --output <format>',
      description: 'ref is repository:tag@sha256:…, and needs a reference (default: digest)',
      choices: DIGEST_OUTPUTS,
    },
  ],
  examples: [
    [
      'describe-image digest acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2',
      'from a reference, as in a Kubernetes manifest',
    ],
    [
      'describe-image digest --region cn-hangzhou --instance cri-3xk9v2m7q4wz8d1p --repo crr-a1c7e9k2m4p6r8t0 --tag 1.4.2',
      'from the four ids',
    ],
    ['describe-image digest shop/checkout:1.4.2 --output ref', 'the reference, pinned'],
  ],
  load: () => import('./digest-run.ts'),
};
