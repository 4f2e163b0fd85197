import { spawn } from 'node:child_process';
import { ROOT } from './root.ts';

export interface CommandOptions {
  /** @default ROOT */
  readonly cwd?: string;
  /** Replaces or adds variables; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether to hide its output. @default false */
  readonly quiet?: boolean;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout and stderr, in the order of arrival. */
  readonly output: string;
}

/**
 * Runs a command without standard input. Does not throw for an exit code other than 0.
 *
 * @throws when it cannot be started.
 */
export function runCommand(
  [program = '', ...args]: readonly string[],
  { cwd = ROOT, env = {}, quiet = false }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
    if (!quiet) process.stdout.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    output += text;
    if (!quiet) process.stderr.write(text);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, stdout, stderr, output }));
  });
}

/**
 * Like {@link runCommand}, for commands that must succeed. The error contains hidden output.
 *
 * @throws when the exit code is not 0.
 */
export async function mustRun(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await runCommand(command, options);
  if (result.exitCode !== 0) {
    const hidden = options.quiet ? `\n${result.output}` : '';
    throw new Error(`\`${command.join(' ')}\` ended with exit code ${result.exitCode}${hidden}`);
  }
  return result;
}
