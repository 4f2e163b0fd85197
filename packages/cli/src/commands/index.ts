import type { CommandDefinition } from '../command-definition.ts';
import { completeCommand, completionCommand } from '../completion/completion.ts';
import { mcpCommand } from '../mcp/mcp.ts';
import { verifyCommand } from '../verify/verify.ts';
import { vulnsCommand } from '../vulns/vulns.ts';
import { waitCommand } from '../wait/wait.ts';
import { historyCommand, watchCommand } from '../watch/watch.ts';
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
  verifyCommand,
  pinCommand,
  unpinCommand,
  waitCommand,
  watchCommand,
  historyCommand,
  explainCommand,
  policyCommand,
  doctorCommand,
  mcpCommand,
  completionCommand,
  completeCommand,
];
