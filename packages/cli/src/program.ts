import { Argument, type Command, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CommandDefinition, OptionDefinition } from './command-definition.ts';
import { UsageError } from './command-error.ts';
import { COMMANDS } from './commands/index.ts';
import type { Config } from './config.ts';
import type { CliContext } from './context.ts';
import { EXIT_MEANINGS, type ExitCode } from './exit-codes.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { OptionValues } from './option-values.ts';
import { readConfig } from './read-config.ts';

interface ProgramSettings {
  /** Receives the exit code of the command. */
  readonly exit: (exitCode: number) => void;
  /** Whether commander prints its own errors, which are text. */
  readonly printsErrors: boolean;
}

/** Builds commander's program from the command definitions. */
export function buildProgram(
  program: Command,
  context: CliContext,
  { exit, printsErrors }: ProgramSettings,
): void {
  const { stdout, stderr } = context;
  program
    .name('describe-image')
    .description('Prints the digest of a container image on Alibaba Cloud.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void (printsErrors && stderr.write(text)),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(run with --help for usage)')
    .exitOverride();
  for (const option of GLOBAL_OPTIONS) program.addOption(toOption(option));
  for (const definition of COMMANDS) addCommand(program, definition, context, exit);
  program.addHelpText('after', `\n${examplesText(COMMANDS.flatMap(({ examples }) => examples.slice(0, 1)))}`);
  program.addHelpText('after', `\n${KEYS_TEXT}\n\n${exitCodesText()}`);
}

function addCommand(
  program: Command,
  definition: CommandDefinition,
  context: CliContext,
  exit: (exitCode: number) => void,
): void {
  const { name, isHidden = false, summary, description, argument, options, examples } = definition;
  const command = program
    .command(name, { hidden: isHidden })
    .summary(summary)
    .description(description.join('\n\n'));
  if (argument !== undefined) {
    const accepted = new Argument(argument.notation, argument.description);
    if (argument.choices !== undefined) accepted.choices([...argument.choices]);
    command.addArgument(accepted);
  }
  for (const option of options) command.addOption(toOption(option));
  if (examples.length > 0) command.addHelpText('after', `\n${examplesText(examples)}`);
  command.action(async () => {
    const values = command.optsWithGlobals();
    const config = readConfig(values['config'], context);
    exit(await runCommand({ definition, values, config, args: command.args, context }));
  });
}

interface CommandRun {
  readonly definition: CommandDefinition;
  readonly values: Readonly<Record<string, unknown>>;
  readonly config: Config;
  readonly args: readonly string[];
  readonly context: CliContext;
}

async function runCommand({ definition, values, config, args, context }: CommandRun): Promise<ExitCode> {
  const { run } = await definition.load();
  const options = new OptionValues(values, config);
  const stderr = options.flag('quiet') ? { write: () => true } : context.stderr;
  const input = { args, options, commands: COMMANDS };
  if (options.text('jq') === undefined && options.text('format') === undefined)
    return run(input, { ...context, stderr });
  const { queryOutput } = await import('./output/query.ts');
  const { output, stdout, finish } = queryOutput(definition, options, context.stdout);
  try {
    return await run(
      { ...input, options: new OptionValues({ ...values, output }, config) },
      { ...context, stdout, stderr },
    );
  } finally {
    await finish();
  }
}

function toOption({ flags, description, choices, parse = (text) => text }: OptionDefinition): Option {
  const option = new Option(flags, description);
  if (choices !== undefined) option.choices([...choices]);
  else if (option.required) option.argParser((text) => parse(requireText(option.long ?? flags, text)));
  return option;
}

/** @throws UsageError for an empty value, which usually comes from an unset variable of the shell. */
function requireText(flag: string, text: string): string {
  if (text.trim() !== '') return text;
  throw new UsageError(
    `${flag}: expected a value, got ${JSON.stringify(text)}`,
    `Give a value, or leave out ${flag}. An unset variable of the shell gives an empty value.`,
  );
}

function examplesText(examples: CommandDefinition['examples']): string {
  return ['Examples:', ...examples.map(([command, purpose]) => `  # ${purpose}\n  $ ${command}`)].join('\n');
}

const KEYS_TEXT = `Keys are read from the first of these sources that has any (\`describe-image doctor\` shows which):
  ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, and ALIBABA_CLOUD_SECURITY_TOKEN for temporary keys
  OIDC (RRSA) in a pod, ~/.aliyun/config.json, ~/.alibabacloud/credentials, the role of the ECS instance,
  ALIBABA_CLOUD_CREDENTIALS_URI`;

function exitCodesText(): string {
  const lines = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`);
  return ['Exit codes:', ...lines].join('\n');
}
