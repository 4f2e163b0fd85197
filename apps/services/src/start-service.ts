import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Service extends AsyncDisposable {
  readonly pid: number;
  /** The file that it writes to. */
  readonly log: string;
  /** Ends it without any chance to tidy up, and waits until it is gone. */
  kill(): Promise<void>;
}

export interface ServiceOptions {
  /** What its log is called. */
  readonly name: string;
  /** Where its log is left. */
  readonly logs: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Part of what it writes once it can be used. */
  readonly ready: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Asks it to end. @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
  /** Whom it runs as. @default the user of this process */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Starts a program that goes on in the background, and waits until it says that it can be used.
 *
 * @throws Error with the end of its log, when it ends instead.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, logs, command, ready, cwd, env, stopSignal = 'SIGTERM', user } = options;
  const [program = '', ...args] = command;
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name}.log`);
  const file = openSync(log, 'w');
  // A group of its own: Ctrl-C is for this process, which ends the others in their order.
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', file, file], detached: true, ...user });
  closeSync(file);
  const closed = once(child, 'close').then(
    ([code, signal]) => `ended with ${signal ?? `exit code ${code}`}`,
    () => 'cannot be started: is it installed?',
  );
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await closed;
    clearTimeout(late);
  };

  let gone: string | undefined;
  closed.then((how) => {
    gone = how;
  });
  while (!readFileSync(log, 'utf8').includes(ready)) {
    if (gone !== undefined) throw new Error(`${program} ${gone}; the end of ${log}:\n${lastLines(log)}`);
    await sleep(100);
  }
  return {
    pid: child.pid ?? 0,
    log,
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end(stopSignal),
  };
}

/** For a program that was asked to end. */
const PATIENCE_MS = 20_000;

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
