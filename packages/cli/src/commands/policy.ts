import type { CommandDefinition } from '../command-definition.ts';

export const policyCommand: CommandDefinition = {
  name: 'policy',
  summary: 'print the RAM policy that the commands need',
  description: [
    'Prints the smallest RAM policy under which the commands named work, all of them when none is named. No keys are needed.',
  ],
  argument: {
    notation: '[commands...]',
    description: 'the commands to be allowed',
    choices: ['digest', 'images'],
  },
  options: [],
  examples: [
    ['describe-image policy', 'for everything'],
    ['describe-image policy images', 'for lists alone'],
  ],
  load: () => import('./policy-run.ts'),
};
