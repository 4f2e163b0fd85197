import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import type { OptionValues } from './option-values.ts';

/** A command as data: help, parsing and did-you-mean come from it. */
export interface CommandDefinition {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What the command's own help says first, a paragraph each. */
  readonly description: readonly string[];
  readonly argument?: ArgumentDefinition | undefined;
  readonly options: readonly OptionDefinition[];
  /** Each a command line, with what it does. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Loaded when the command runs, so that no command pays for another. */
  readonly load: () => Promise<CommandModule>;
}

interface ArgumentDefinition {
  /** In commander's notation: `[reference]`, `[commands...]`. */
  readonly notation: string;
  readonly description: string;
  readonly choices?: readonly string[] | undefined;
}

export interface OptionDefinition {
  /** In commander's notation: `-o, --output <format>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[] | undefined;
  /** Turns the text into a value. @throws UsageError saying what is wanted. */
  readonly parse?: ((text: string) => unknown) | undefined;
}

interface CommandModule {
  readonly run: (input: CommandInput, context: CliContext) => Promise<ExitCode>;
}

export interface CommandInput {
  readonly args: readonly string[];
  readonly options: OptionValues;
}
