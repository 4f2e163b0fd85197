import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

export interface CommandOptions {
  /** @default ROOT */
  readonly cwd?: string;
  /** Replaces or adds variables; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Keeps what the command prints instead of showing it. @default false */
  readonly quiet?: boolean;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command without standard input, and waits for its end whatever its exit code.
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
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (!quiet) process.stdout.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (!quiet) process.stderr.write(text);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
  });
}

/**
 * Like {@link runCommand}, for commands that have to succeed. What it printed is in the error when it does not.
 *
 * @throws when the exit code is not 0.
 */
export async function mustRun(
  command: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await runCommand(command, options);
  if (result.exitCode !== 0) {
    const said = options.quiet ? `\n${result.stdout}${result.stderr}` : '';
    throw new Error(`\`${command.join(' ')}\` ended with exit code ${result.exitCode}${said}`);
  }
  return result;
}
