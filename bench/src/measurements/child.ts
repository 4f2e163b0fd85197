import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ContenderName } from '../contenders/contenders.ts';
import type { CallOrder, CallReport } from './call-report.ts';

const run = promisify(execFile);

/** Starts a contender in a separate process, with its own heap and compiled code. */
export interface Worker {
  call(order: CallOrder): Promise<CallReport>;
  close(): Promise<void>;
}

/** @param node - The path of the Node that runs it. */
export async function startWorker(node: string, name: ContenderName, port: number): Promise<Worker> {
  const child = fork(programPath('call-worker'), [name, String(port)], { execPath: node });
  await nextMessage(child);
  return {
    async call(order) {
      child.send(order);
      const report: unknown = await nextMessage(child);
      if (!isCallReport(report)) throw new Error(`${name}: the worker answered ${JSON.stringify(report)}`);
      return report;
    },
    close: () => end(child),
  };
}

/** Starts the server of all contenders. */
export async function startServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const child = fork(programPath('answer-server'));
  const message: unknown = await nextMessage(child);
  if (typeof message !== 'object' || message === null || !('port' in message))
    throw new Error('the server did not report its port');
  return { port: Number(message.port), close: () => end(child) };
}

/** Runs a program of the benchmark to its end and returns its output. */
export async function runProgram(
  node: string,
  program: string,
  parameters: readonly string[],
): Promise<string> {
  const { stdout } = await run(node, [programPath(program), ...parameters]);
  return stdout;
}

function programPath(program: string): string {
  return fileURLToPath(new URL(`./${program}.mjs`, import.meta.url));
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void => reject(new Error(`a child process ended with code ${code}`));
    child.once('exit', fail);
    child.once('message', (message: unknown) => {
      child.off('exit', fail);
      resolve(message);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  child.disconnect();
  await once(child, 'exit');
}

function isCallReport(value: unknown): value is CallReport {
  return typeof value === 'object' && value !== null && 'cpuMicros' in value && 'peakRssMib' in value;
}
