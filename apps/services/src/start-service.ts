import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Service extends AsyncDisposable {
  readonly pid: number;
  /** The file with its output. */
  readonly log: string;
  /** Kills it with SIGKILL, and waits until it has ended. */
  kill(): Promise<void>;
}

export interface ServiceOptions {
  /** The name of its log file. */
  readonly name: string;
  /** The folder of its log file. */
  readonly logs: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** A part of the line that it prints when it is ready. */
  readonly ready: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The signal that stops it. @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
  /** @default the user of this process */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Starts a program in the background, and waits until it is ready.
 *
 * @throws Error with the end of its log, when the program ends before it is ready.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, logs, command, ready, cwd, env, stopSignal = 'SIGTERM', user } = options;
  const [program = '', ...args] = command;
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name}.log`);
  const file = openSync(log, 'w');
  // In its own process group: Ctrl+C reaches only this process, which stops the services in order.
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', file, file], detached: true, ...user });
  closeSync(file);
  const closed = once(child, 'close').then(
    ([code, signal]) => `ended with ${signal ?? `exit code ${code}`}`,
    () => 'cannot be started: install it, or add it to PATH',
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await closed;
    clearTimeout(late);
  };

  let ended: string | undefined;
  closed.then((how) => {
    ended = how;
  });
  while (!readFileSync(log, 'utf8').includes(ready)) {
    if (ended !== undefined) throw new Error(`${program} ${ended}; the end of ${log}:\n${lastLines(log)}`);
    await sleep(100);
  }
  return {
    pid: child.pid ?? 0,
    log,
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end(stopSignal),
  };
}

/** How long a program may take to end before it is killed. */
const STOP_TIMEOUT_MS = 20_000;

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}

/** Finds a free TCP port of 127.0.0.1, for programs that do not accept port 0. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
