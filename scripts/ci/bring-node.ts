import { join } from 'node:path';
import { childEnvironment, spareHomeIn } from '../toolchain/child-environment.mjs';
import { installTool } from '../toolchain/install-tool.mjs';
import { nodeTool } from '../toolchain/node-tool.mjs';
import { ROOT } from './run-command.ts';

/**
 * Brings Node of exactly this version through npm, beside the one that the workspace runs on.
 *
 * @returns The path of its program.
 */
export function bringNode(version: string): Promise<string> {
  const toolchain = join(ROOT, '.toolchain');
  const env = childEnvironment(process.env, { path: [], spareHome: spareHomeIn(toolchain) });
  const onInstall = () => console.log(`Node ${version} from npm`);
  return installTool(nodeTool(version), { toolchain, env, parentEnv: process.env, onInstall });
}
