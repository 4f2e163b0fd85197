/** The end of the time that a caller waits. */
interface Deadline {
  readonly passed: Promise<void>;
  /** Must be called, because a timer can keep the process alive. */
  clear(): void;
}

export function deadlineAfter(ms: number): Deadline {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { passed, clear: () => clearTimeout(timer) };
}

/** Waits for a promise until a deadline. The promise itself is not cancelled. */
export async function withDeadline<Result>(
  pending: Promise<Result>,
  ms: number,
  errorOf: () => Error,
): Promise<Result> {
  const { passed, clear } = deadlineAfter(ms);
  try {
    return await Promise.race([
      pending,
      passed.then(() => {
        throw errorOf();
      }),
    ]);
  } finally {
    clear();
  }
}
