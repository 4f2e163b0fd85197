import { Command, InvalidArgumentError, Option } from 'commander';
import { ASSUMPTIONS } from '../assumptions.ts';

/** What was asked for on the command line. */
export interface CommandOptions {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly lenient: boolean;
  readonly clock?: string;
  readonly assume: Readonly<Record<string, string>>;
  readonly log: boolean;
}

/** The command and its options, described once for parsing and for `--help`. */
export function createCommand(version: string): Command {
  return new Command('describe-image-emulator')
    .description("Alibaba Cloud Security Center's image API on this machine, strict about signatures.")
    .version(version)
    .option('--port <port>', 'TCP port; 0 takes a free one', toPort, 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <file>', 'JSON file with the world to start with (default: the demo world)')
    .option('--lenient', 'warn about signatures instead of refusing them', false)
    .option(
      '--clock <instant>',
      'let the clock stand still at this instant, e.g. 2026-11-24T03:04:32Z',
      toInstant,
    )
    .addOption(
      new Option('--assume <name=value>', 'how to behave where nothing is documented; may be repeated')
        .argParser(toAssumption)
        .default({}, 'none'),
    )
    .option('--log', 'print every request, redacted', false)
    .addHelpText('after', `\nAssumptions:\n${assumptionList()}`);
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}

function toInstant(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be an ISO 8601 instant such as 2026-11-24T03:04:32Z.');
}

function toAssumption(text: string, previous: Readonly<Record<string, string>>): Record<string, string> {
  const mark = text.indexOf('=');
  if (mark < 1) throw new InvalidArgumentError('It must look like name=value, e.g. absentImage=error.');
  return { ...previous, [text.slice(0, mark)]: text.slice(mark + 1) };
}

function assumptionList(): string {
  return Object.entries(ASSUMPTIONS)
    .map(([name, { values }]) => `  ${name}=${values.join('|')}`)
    .join('\n');
}
