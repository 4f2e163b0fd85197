import type { CommandDefinition } from '../command-definition.ts';
import { FILTER_OPTIONS } from './image-filter.ts';

export const explainCommand: CommandDefinition = {
  name: 'explain',
  summary: 'show how a request is signed, stage by stage',
  description: [
    "Shows every stage of signing a request under the vendor's names, and the same request for curl and for the aliyun CLI. Sends nothing. Secrets are masked.",
    'For a reference, it shows the first request of `digest`, which searches the inventory. Needs no keys: without them, a placeholder signs.',
  ],
  argument: {
    notation: '[request...]',
    description:
      'digest with the four ids or a reference, a reference alone, or images with its conditions (default: digest)',
  },
  options: [
    ...FILTER_OPTIONS,
    {
      flags: '--access-key-id <id>',
      description: 'show this AccessKey id instead of reading keys; a placeholder secret signs',
    },
    {
      flags: '-o, --output <format>',
      description: 'output format (default: text)',
      choices: ['text', 'json'],
    },
  ],
  examples: [
    [
      'describe-image explain --region cn-hangzhou --instance cri-3xk9v2m7q4wz8d1p --repo crr-a1c7e9k2m4p6r8t0 --tag 1.4.2',
      'the request behind `digest`',
    ],
    ['describe-image explain shop/checkout:1.4.2', 'the first request of `digest` for a reference'],
    ['describe-image explain images --repo-name checkout', 'the request behind `images`'],
  ],
  load: () => import('./explain-run.ts'),
};
