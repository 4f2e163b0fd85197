import type { OptionDefinition } from './command-definition.ts';
import { KEY_OPTIONS } from './key-options.ts';
import { parseCount } from './parse-count.ts';
import { parseDuration } from './parse-duration.ts';

/** Accepted by every command, before or after its name. */
export const GLOBAL_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--endpoint <host-or-url>',
    description: 'ask this endpoint (environment: DESCRIBE_IMAGE_ENDPOINT)',
  },
  {
    flags: '--region <id>',
    description:
      'region of the images, which also picks the endpoint (environment, for the endpoint alone: ALIBABA_CLOUD_REGION_ID)',
  },
  {
    flags: '--network <network>',
    description: 'vpc: the endpoint inside an Alibaba Cloud VPC',
    choices: ['public', 'vpc'],
  },
  ...KEY_OPTIONS,
  {
    flags: '--timeout <duration>',
    description: 'for one call with all its retries, in ms or as 10s, 2m (default: 60s)',
    parse: (text) => parseDuration('--timeout', text),
  },
  {
    flags: '--attempt-timeout <duration>',
    description: 'for one attempt (default: 10s)',
    parse: (text) => parseDuration('--attempt-timeout', text),
  },
  {
    flags: '--retries <count>',
    description: 'attempts after the first (default: 3)',
    parse: (text) => parseCount('--retries', text, 0),
  },
  { flags: '--verbose', description: 'say every request, answer and retry on stderr; stacks of bugs' },
  { flags: '--no-color', description: 'no colours (environment: NO_COLOR, FORCE_COLOR)' },
];
