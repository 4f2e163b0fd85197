import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Failure } from './failure.mjs';

/**
 * Runs a program to its end. Ctrl-C reaches it too, since it shares our terminal, so we only wait.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show?: boolean, shell?: boolean }} options
 *   `show` lets it use our terminal; otherwise its output is kept and returned.
 * @returns {Promise<{ exitCode: number, output: string }>}
 * @throws the fault of starting it, such as ENOENT; a Failure when Ctrl-C ended what was done quietly.
 */
export function runProgram([program = '', ...args], { cwd, env, show = false, shell = false }) {
  const child = spawn(program, args, {
    cwd,
    env,
    shell,
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
      if (interrupted && !show) {
        return reject(
          new Failure('interrupted', { remedy: 'run the command again; nothing was left half done' }),
        );
      }
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), output });
    });
  });
}
