import type { CommandDefinition } from '../command-definition.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionCommand: CommandDefinition = {
  name: 'completion',
  summary: 'print a completion script for bash, zsh or fish',
  description: [
    'Prints a script that completes commands, flags, their values, and references of the inventory. The references are cached for ten minutes.',
  ],
  argument: { notation: '<shell>', description: 'the shell', choices: SHELLS },
  options: [],
  examples: [
    ['source <(describe-image completion bash)', 'in ~/.bashrc'],
    ['describe-image completion fish > ~/.config/fish/completions/describe-image.fish', 'for fish'],
  ],
  load: async () => ({ run: (await import('./complete-run.ts')).printScript }),
};

/** Called by the scripts. */
export const completeCommand: CommandDefinition = {
  name: 'complete',
  isHidden: true,
  summary: 'print the completions of a command line',
  description: ['Prints the completions of the last argument, one on each line.'],
  argument: { notation: '[words...]', description: 'the words after describe-image, after --' },
  options: [],
  examples: [],
  load: () => import('./complete-run.ts'),
};
