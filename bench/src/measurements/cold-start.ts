import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ContenderName } from '../contenders/contenders.ts';
import { nodeArguments } from '../measured-build.ts';
import { programPath } from './child.ts';

const run = promisify(execFile);

/** CPU of one whole process, in milliseconds: from its start to its first answer. `bare` makes no call. */
export async function measureColdStart(name: ContenderName | 'bare', port: number): Promise<number> {
  const { stdout } = await run(process.execPath, [
    ...nodeArguments(),
    programPath('cold-start'),
    name,
    String(port),
  ]);
  return Number(stdout) / 1000;
}
