/** Something wrong, and where. */
export interface Problem {
  /** A file, with a line where that helps: `docs/signing.md:12`. */
  readonly where: string;
  readonly what: string;
}

/** Prints what a check found, and sets the exit code. */
export function reportProblems(problems: readonly Problem[], allWell: string): void {
  for (const { where, what } of problems) console.error(`${where}: ${what}`);
  if (problems.length === 0) console.log(allWell);
  else process.exitCode = 1;
}
