import type { CommandDefinition, CommandInput, OptionDefinition } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { GLOBAL_OPTIONS } from '../global-options.ts';
import { printable } from '../output/terminal.ts';
import { cachedReferences } from './cached-references.ts';

/** Prints one completion on each line. Prints nothing if something fails, because a shell shows it on the prompt. */
export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { args: words, commands } = input;
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = commands.find(({ name }) => before.includes(name));
  const visible = commands.filter(({ isHidden }) => !isHidden);
  const candidates =
    valuesOf(before.at(-1), command) ??
    (current.startsWith('-')
      ? flagsOf(command)
      : command === undefined
        ? [...visible.map(({ name }) => name), 'help']
        : await argumentsOf(command, input, context));
  for (const candidate of candidates)
    if (candidate.startsWith(current)) context.stdout.write(`${printable(candidate)}\n`);
  return EXIT.found;
}

/** The values of the flag before the word. `undefined`: the flag has no value, or it is no flag. */
function valuesOf(
  word: string | undefined,
  command: CommandDefinition | undefined,
): readonly string[] | undefined {
  const option = optionsOf(command).find(
    ({ flags }) => word?.startsWith('-') && flags.split(/[ ,]+/).includes(word),
  );
  return option?.flags.includes('<') ? (option.choices ?? []) : undefined;
}

function flagsOf(command: CommandDefinition | undefined): readonly string[] {
  const flags = optionsOf(command).flatMap(({ flags }) => flags.split(/[ ,]+/));
  return [...flags.filter((flag) => flag.startsWith('--')), '--help'];
}

function optionsOf(command: CommandDefinition | undefined): readonly OptionDefinition[] {
  return [...(command?.options ?? []), ...GLOBAL_OPTIONS];
}

async function argumentsOf(
  { argument }: CommandDefinition,
  input: CommandInput,
  context: CliContext,
): Promise<readonly string[]> {
  if (argument?.choices !== undefined) return argument.choices;
  return /reference|image/.test(argument?.notation ?? '') ? cachedReferences(input, context) : [];
}

/** Prints the script of a shell. All scripts call `complete`, so that shells complete the same. */
export async function printScript({ args }: CommandInput, { stdout }: CliContext): Promise<ExitCode> {
  const [shell = ''] = args;
  stdout.write(SCRIPTS[shell] ?? '');
  return EXIT.found;
}

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# describe-image completion for bash
# A colon is part of a reference.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//:/}
_describe_image() {
  local IFS=$'\\n'
  COMPREPLY=($(describe-image complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _describe_image describe-image
`,
  zsh: `#compdef describe-image
_describe_image() {
  local -a candidates
  candidates=("\${(@f)$(describe-image complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if (( \${#candidates[1]} )); then compadd -a candidates; else _files; fi
}
compdef _describe_image describe-image
`,
  fish: `# describe-image completion for fish
complete -c describe-image -a '(describe-image complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
};
