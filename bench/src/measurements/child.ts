import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ContenderName } from '../contenders/contenders.ts';
import { nodeArguments } from '../measured-build.ts';
import type { CallOrder, CallReport } from './calls.ts';

/** A contender waiting in its own process: with its own heap and its own compiled code, warmed by its own calls only. */
export interface Worker {
  call(order: CallOrder): Promise<CallReport>;
  close(): Promise<void>;
}

export async function startWorker(name: ContenderName, port: number): Promise<Worker> {
  const child = fork(programPath('call-worker'), [name, String(port)], { execArgv: [...nodeArguments()] });
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

/** The server that answers everyone. */
export async function startServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const child = fork(programPath('answer-server'));
  const message: unknown = await nextMessage(child);
  if (typeof message !== 'object' || message === null || !('port' in message))
    throw new Error('the server did not say where it listens');
  return { port: Number(message.port), close: () => end(child) };
}

/** Where a program of the bench lies once built. */
export function programPath(program: string): string {
  return fileURLToPath(new URL(`./${program}.mjs`, import.meta.url));
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null): void => reject(new Error(`a child process ended with code ${code}`));
    child.once('exit', died);
    child.once('message', (message: unknown) => {
      child.off('exit', died);
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
