import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of the bench in a process of its own. */
export interface Child {
  /** The first thing it said. */
  readonly greeting: unknown;
  ask(question: object): Promise<unknown>;
  end(): Promise<void>;
}

export async function startChild(program: string, ...args: string[]): Promise<Child> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args, {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  });
  return {
    greeting: await nextMessage(child),
    ask(question) {
      child.send(question);
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
    const died = (code: number | null): void => reject(new Error(`a child process ended with code ${code}`));
    child.once('exit', died);
    child.once('message', (message: unknown) => {
      child.off('exit', died);
      resolve(message);
    });
  });
}
