import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program to its end. Ctrl-C reaches it too, since it shares our terminal, so we only wait.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, show?: boolean, shell?: boolean }} options
 *   `show` lets it use our terminal; otherwise its output is kept and returned.
 * @returns {Promise<{ exitCode: number, output: string }>}
 * @throws the fault of starting it, such as ENOENT.
 */
export function runProgram([program = '', ...args], { cwd, env, show = false, shell = false }) {
  const child = spawn(program, args, {
    cwd,
    env,
    shell,
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const ignore = () => {};
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore);
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
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), output });
    });
  });
}
