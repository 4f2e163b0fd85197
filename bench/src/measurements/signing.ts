import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { nodeArguments } from '../measured-build.ts';
import { programPath } from './child.ts';

const run = promisify(execFile);

/** Median microseconds per signature, by contender. */
export async function measureSigning(milliseconds: number): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await run(process.execPath, [
    ...nodeArguments(),
    programPath('sign-alone'),
    String(milliseconds),
  ]);
  const micros: unknown = JSON.parse(stdout);
  return new Map(Object.entries(micros ?? {}).map(([name, value]) => [name, Number(value)] as const));
}
