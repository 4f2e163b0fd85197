import { execFile } from 'node:child_process';
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
  return new Promise((resolve, reject) => {
    const options = { cwd, env, maxBuffer: 2 ** 26, ...user };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (typeof error.code === 'string')
        return reject(
          new Error(`${program}: cannot be started. Install it, or add it to PATH`, { cause: error }),
        );
      const end = error.signal ?? `exit code ${error.code}`;
      reject(new Error(`${[program, ...args].join(' ')} ended with ${end}\n${stdout}${stderr}`));
    });
    child.stdin?.end();
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
