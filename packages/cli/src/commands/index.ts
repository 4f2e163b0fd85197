import type { CommandDefinition } from '../command-definition.ts';
import { digestCommand } from './digest.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { imagesCommand } from './images.ts';
import { policyCommand } from './policy.ts';

/** In the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  digestCommand,
  imagesCommand,
  explainCommand,
  policyCommand,
  doctorCommand,
];
