import type { CommandDefinition } from '../command-definition.ts';
import { vulnsCommand } from '../vulns/vulns.ts';
import { digestCommand } from './digest.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { imagesCommand } from './images.ts';
import { pinCommand, unpinCommand } from './pin.ts';
import { policyCommand } from './policy.ts';

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly CommandDefinition[] = [
  digestCommand,
  imagesCommand,
  vulnsCommand,
  pinCommand,
  unpinCommand,
  explainCommand,
  policyCommand,
  doctorCommand,
];
