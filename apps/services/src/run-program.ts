import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface ProgramOptions {
  readonly cwd: string;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default the user of this process */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Runs a program to its end.
 *
 * @returns its stdout.
 * @throws Error with its output, when it cannot be started or its exit code is not 0.
 */
export function runProgram(
  [program = '', ...args]: readonly string[],
  { cwd, env = process.env, user }: ProgramOptions,
): Promise<string> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
  let stdout = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new Error(`${program}: cannot be started. Install it, or add it to PATH`, { cause })),
    );
    child.on('close', (code) => {
      if (code === 0) return resolve(stdout);
      reject(new Error(`${[program, ...args].join(' ')} ended with exit code ${code}\n${all}`));
    });
  });
}

/** @throws Error with the command that installs Chromium. */
export function findChromium(): string {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new Error('Chromium: not found in /usr/bin. Install it: apt-get install chromium');
  return found;
}
