import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of the benchmark in a separate process. */
export interface Child {
  /** The message that it sends when it is ready. */
  readonly firstMessage: unknown;
  request(message: object): Promise<unknown>;
  end(): Promise<void>;
}

export async function startChild(program: string, ...args: string[]): Promise<Child> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args, {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  });
  return {
    firstMessage: await nextMessage(child),
    request(message) {
      child.send(message);
      return nextMessage(child);
    },
    async end() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`child process: exited with code ${code}`));
    child.once('exit', onExit);
    child.once('message', (message: unknown) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}
