import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import { FILTER_OPTIONS } from '../commands/image-filter.ts';
import { HISTORY_OUTPUTS } from '../commands/output-formats.ts';
import { parseDuration } from '../option-parsers.ts';

const FILE_OPTION: OptionDefinition = {
  flags: '--file <path>',
  description: 'the history file (default: describe-image-history.ndjson)',
};

export const watchCommand: CommandDefinition = {
  name: 'watch',
  summary: 'record when tags move',
  description: [
    'Observes tags repeatedly and appends each change to a history file: new, moved, moved-back (to an earlier digest) and gone, with the old and the new digest and the times.',
    'With references, observes the digests of DescribeImage. Without, lists the inventory; the conditions of `images` narrow it. The first run records a baseline and sends no notification.',
    'For DingTalk, the environment variable DESCRIBE_IMAGE_DINGTALK_SECRET signs the requests.',
  ],
  argument: { notation: '[references...]', description: 'references to observe (default: the inventory)' },
  options: [
    FILE_OPTION,
    { flags: '--once', description: 'observe once, for cron' },
    {
      flags: '--interval <duration>',
      description: 'time between two observations (default: 5m)',
      parse: (text) => parseDuration('--interval', text),
    },
    webhook('--webhook', 'POST the changes as JSON to this URL'),
    webhook('--slack', 'send a summary to this incoming webhook of Slack'),
    webhook('--dingtalk', 'send a summary to this robot of DingTalk'),
    ...FILTER_OPTIONS,
  ],
  examples: [
    ['describe-image watch --once --namespace shop --slack "$SLACK_URL"', 'in a cron job'],
    ['describe-image watch shop/checkout:latest --interval 1m', 'one tag'],
  ],
  load: () => import('./watch-run.ts'),
};

export const historyCommand: CommandDefinition = {
  name: 'history',
  summary: 'print the changes that watch recorded',
  description: ['Prints the changes in a history file, the oldest first. Sends no request.'],
  argument: { notation: '[images...]', description: 'only images whose name contains one of these texts' },
  options: [
    FILE_OPTION,
    {
      flags: '-o, --output <format>',
      description: 'output format (default: text)',
      choices: HISTORY_OUTPUTS,
    },
  ],
  examples: [['describe-image history shop/checkout', 'the changes of a repository']],
  load: async () => ({ run: (await import('./watch-run.ts')).runHistory }),
};

function webhook(flag: string, description: string): OptionDefinition {
  return {
    flags: `${flag} <url>`,
    description,
    parse(text) {
      if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
      // The URL can contain a token, so it is not quoted.
      throw new UsageError(`${flag}: expected an http or https URL`, 'Copy the URL of the webhook.');
    },
  };
}
