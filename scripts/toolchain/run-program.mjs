import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program to its end. Ctrl-C reaches the program too, because it shares the terminal.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show?: boolean }} options
 *   With `show` it uses the terminal; otherwise its output is returned.
 * @returns {Promise<{ exitCode: number, output: string }>}
 * @throws when it cannot be started, such as ENOENT; a Failure when Ctrl-C ended a program that is not shown.
 */
export function runProgram([program = '', ...args], { cwd, env, show = false }) {
  const child = spawn(program, args, {
    cwd,
    env,
    shell: process.platform === 'win32', // where npm, pnpm and node are batch files
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', pass);

  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', pass);
      if (interrupted && !show)
        reject(
          new Failure('interrupted', { remedy: 'run the command again; it continues where it stopped' }),
        );
      else resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), output });
    });
  });
}

/** A failure with a remedy. Any other error is a bug of this program and keeps its stack. */
export class Failure extends Error {
  /**
   * @param {string} what What failed, in one line.
   * @param {{ where?: string, remedy: string, output?: string }} details
   */
  constructor(what, details) {
    super(what);
    this.details = details;
  }
}

/**
 * Formats a failure for a terminal.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeFailure(error) {
  if (!(error instanceof Failure)) {
    const stack = error instanceof Error ? error.stack : String(error);
    return `\nUnexpected failure, probably a bug in scripts/: please report it.\n${stack}\n`;
  }
  const { where, remedy, output } = error.details;
  const lines = ['', `✗ ${error.message}`];
  if (output)
    lines.push(
      '',
      ...output
        .trimEnd()
        .split('\n')
        .slice(-20)
        .map((line) => `    ${line}`),
      '',
    );
  if (where) lines.push(`  where: ${where}`);
  lines.push(`  what to do: ${remedy}`, '');
  return lines.join('\n');
}
