import type { OptionDefinition } from './command-definition.ts';
import { KEY_OPTIONS } from './key-options.ts';
import { parseCount, parseDuration } from './option-parsers.ts';

/** Accepted by every command, before or after its name. */
export const GLOBAL_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--endpoint <host-or-url>',
    description: 'send requests to this endpoint (environment: DESCRIBE_IMAGE_ENDPOINT)',
  },
  {
    flags: '--region <id>',
    description:
      'region of the images; also selects the endpoint (environment, for the endpoint only: ALIBABA_CLOUD_REGION_ID)',
  },
  {
    flags: '--network <network>',
    description: 'vpc selects the endpoint inside an Alibaba Cloud VPC (default: public)',
    choices: ['public', 'vpc'],
  },
  ...KEY_OPTIONS,
  {
    flags: '--timeout <duration>',
    description: 'time limit of one call including retries: milliseconds, 10s or 2m (default: 60s)',
    parse: (text) => parseDuration('--timeout', text),
  },
  {
    flags: '--attempt-timeout <duration>',
    description: 'time limit of one attempt (default: 10s)',
    parse: (text) => parseDuration('--attempt-timeout', text),
  },
  {
    flags: '--retries <count>',
    description: 'maximum number of retries (default: 3)',
    parse: (text) => parseCount('--retries', text, 0),
  },
  { flags: '--jq <filter>', description: 'print the result of this jq filter for each JSON document' },
  {
    flags: '--format <template>',
    description:
      'print this Mustache template for each JSON document, for example "{{reference}} {{digest}}"',
  },
  {
    flags: '--config <path>',
    description:
      'configuration file (default: ~/.config/describe-image/config.json; environment: DESCRIBE_IMAGE_CONFIG)',
  },
  { flags: '--quiet', description: 'print results and errors only: no notes, warnings and progress' },
  {
    flags: '--verbose',
    description: 'print every request, response and retry on stderr, and stack traces of unexpected errors',
  },
  { flags: '--no-color', description: 'disable colours (environment: NO_COLOR, FORCE_COLOR)' },
];
