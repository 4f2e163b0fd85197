import { execFile } from 'node:child_process';

export interface ToolResult {
  readonly exitCode: number;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/** Runs a program to its end, and keeps what it says. */
export function runTool(
  program: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = execFile(program, args, { ...options, maxBuffer: 2 ** 26 }, (error) => {
      if (error !== null && typeof error.code === 'string')
        reject(error); // it could not be started
      else resolve({ exitCode: child.exitCode ?? 1, output });
    });
    const keep = (text: string) => {
      output += text;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.stdin?.end();
  });
}
