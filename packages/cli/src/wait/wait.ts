import type { CommandDefinition } from '../command-definition.ts';
import { IMAGE_REGION_OPTION, INSTANCE_OPTION, REPO_OPTION } from '../commands/image-ids.ts';
import { GOALS } from '../commands/output-formats.ts';
import { parseDuration } from '../option-parsers.ts';

export const waitCommand: CommandDefinition = {
  name: 'wait',
  summary: 'wait until a tag is live or scanned',
  description: [
    'Asks repeatedly until DescribeImage has a digest for the tag, or until a scan of exactly this digest has finished. Then prints the digest.',
    'Exits with 4 if the image is still missing after --max-wait, and with 7 if it is not live or not scanned, or if the scan failed.',
  ],
  argument: { notation: '<reference>', description: '[host/][namespace/]repository[:tag][@sha256:…]' },
  options: [
    { flags: '--for <goal>', description: 'live or scanned (default: live)', choices: GOALS },
    {
      flags: '--interval <duration>',
      description: 'time between two requests (default: 15s)',
      parse: (text) => parseDuration('--interval', text),
    },
    {
      flags: '--max-wait <duration>',
      description: 'time limit of the command (default: 10m)',
      parse: (text) => parseDuration('--max-wait', text),
    },
    INSTANCE_OPTION,
    REPO_OPTION,
    IMAGE_REGION_OPTION,
  ],
  examples: [
    [
      'describe-image wait shop/checkout:1.4.2 --for scanned --max-wait 30m',
      'after a push, before a deployment',
    ],
  ],
  load: () => import('./wait-run.ts'),
};
