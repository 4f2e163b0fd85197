import { Command, InvalidArgumentError, Option } from 'commander';
import { ASSUMPTIONS } from '../assumptions.ts';

/** The parsed options of the command line. */
export interface CommandOptions {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly lenient: boolean;
  readonly clock?: string;
  readonly assume: Readonly<Record<string, string>>;
  readonly log: boolean;
  readonly adminToken?: string;
  readonly tls: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly saveCert?: string;
}

/** Defines the command and its options. */
export function createCommand(version: string): Command {
  return new Command('describe-image-emulator')
    .description("Runs an emulator of Alibaba Cloud Security Center's image API on this machine.")
    .version(version)
    .option('--port <port>', 'TCP port; 0 selects a free one', toPort, 0)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <file>', 'JSON file with the initial images and keys (default: the demo seed)')
    .option('--lenient', 'warn about wrong signatures instead of rejecting them', false)
    .option('--clock <time>', 'freeze the clock at this time, e.g. 2026-11-24T03:04:32Z', toTime)
    .addOption(
      new Option('--assume <name=value>', 'behaviour where the service is not documented; repeatable')
        .argParser(toAssumption)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--admin-token <token>', 'open the admin API to other machines that send this token').env(
        'DESCRIBE_IMAGE_EMULATOR_ADMIN_TOKEN',
      ),
    )
    .option('--tls', 'serve HTTPS with a generated certificate', false)
    .option('--tls-cert <file>', 'serve HTTPS with this certificate (PEM)')
    .option('--tls-key <file>', 'the private key of --tls-cert (PEM)')
    .option('--save-cert <file>', 'write the certificate to this file, for clients to trust')
    .option('--log', 'print every request, redacted', false)
    .addHelpText('after', `\nAssumptions:\n${assumptionList()}`);
}

function toPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}

function toTime(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be an ISO 8601 time such as 2026-11-24T03:04:32Z.');
}

function toAssumption(text: string, previous: Readonly<Record<string, string>>): Record<string, string> {
  const mark = text.indexOf('=');
  if (mark < 1) throw new InvalidArgumentError('It must have the form name=value, e.g. absentImage=error.');
  return { ...previous, [text.slice(0, mark)]: text.slice(mark + 1) };
}

function assumptionList(): string {
  return Object.entries(ASSUMPTIONS)
    .map(([name, { values }]) => `  ${name}=${values.join('|')}`)
    .join('\n');
}
