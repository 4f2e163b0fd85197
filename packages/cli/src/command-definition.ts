import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import type { OptionValues } from './option-values.ts';

/** A command as data: the help and the argument parser are built from it. */
export interface CommandDefinition {
  readonly name: string;
  /** Whether the help does not list it. */
  readonly isHidden?: boolean | undefined;
  /** One line in the list of commands. */
  readonly summary: string;
  /** Paragraphs at the top of the command's help. */
  readonly description: readonly string[];
  readonly argument?: ArgumentDefinition | undefined;
  readonly options: readonly OptionDefinition[];
  /** Command lines and their purpose. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Imports the implementation when the command runs, so that other commands start without it. */
  readonly load: () => Promise<CommandModule>;
}

interface ArgumentDefinition {
  /** commander's notation: `[reference]`, `[commands...]`. */
  readonly notation: string;
  readonly description: string;
  readonly choices?: readonly string[] | undefined;
}

export interface OptionDefinition {
  /** commander's notation: `-o, --output <format>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[] | undefined;
  /** Parses the value. @throws UsageError naming the flag and the expected form. */
  readonly parse?: ((text: string) => unknown) | undefined;
}

interface CommandModule {
  readonly run: (input: CommandInput, context: CliContext) => Promise<ExitCode>;
}

export interface CommandInput {
  readonly args: readonly string[];
  readonly options: OptionValues;
  /** All commands, for completion. */
  readonly commands: readonly CommandDefinition[];
}
