/** A finding of a check. */
export interface Problem {
  /** The file, with the line if there is one: `docs/signing.md:12`. */
  readonly where: string;
  readonly what: string;
}

/** Prints the problems that a check found, and sets the exit code. */
export function reportProblems(problems: readonly Problem[], success: string): void {
  for (const { where, what } of problems) console.error(`${where}: ${what}`);
  if (problems.length === 0) console.log(success);
  else process.exitCode = 1;
}
