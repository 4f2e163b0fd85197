import { AbortError } from '../errors/errors.ts';

type Start<Result> = (signal: AbortSignal) => Promise<Result>;

/** A task that runs once at a time. Callers that come while it runs share its result. */
export interface SharedTask<Result> {
  /** Joins the running task, or starts one. When the last waiting caller aborts, the task is aborted and forgotten. */
  readonly wait: (start: Start<Result>, caller: AbortSignal | undefined) => Promise<Result>;
  /** Joins the running task, or starts one, without counting as a waiting caller. */
  readonly run: (start: Start<Result>) => Promise<Result>;
}

interface Running<Result> {
  readonly promise: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/** Creates a task that no caller has started yet. */
export function createSharedTask<Result>(): SharedTask<Result> {
  let current: Running<Result> | undefined;

  return {
    run: (start) => join(start).promise,
    wait(start, caller) {
      if (caller?.aborted) return Promise.reject(abortError(caller));
      const task = join(start);
      task.waiting += 1;
      if (caller === undefined) return task.promise;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          reject(abortError(caller));
          task.waiting -= 1;
          if (task.waiting > 0) return;
          forget(task);
          task.controller.abort();
        };
        caller.addEventListener('abort', leave, { once: true });
        task.promise.then(resolve, reject).finally(() => caller.removeEventListener('abort', leave));
      });
    },
  };

  function join(start: Start<Result>): Running<Result> {
    if (current !== undefined) return current;
    const controller = new AbortController();
    const promise = start(controller.signal).finally(() => forget(task));
    const task: Running<Result> = { promise, controller, waiting: 0 };
    current = task;
    return task;
  }

  function forget(task: Running<Result>): void {
    if (current === task) current = undefined;
  }
}

function abortError({ reason }: AbortSignal): AbortError {
  return new AbortError('the call was aborted while waiting for credentials', { cause: reason });
}
