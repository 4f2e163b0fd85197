/** The bounds of the pause between two looks at one image, in milliseconds. */
export interface Pace {
  readonly shortestMs: number;
  readonly longestMs: number;
}

/**
 * How long to leave an image alone: what just moved is looked at soon, what is quiet ever less often, what fails less often still.
 * A tenth of jitter keeps images that were declared together from being due together.
 */
export function nextInterval(
  outcome: 'moved' | 'quiet' | 'failed',
  before: number | undefined,
  { shortestMs, longestMs }: Pace,
  random: () => number,
): number {
  const growth = { moved: 0, quiet: 1.5, failed: 2 }[outcome];
  const wanted = Math.min(longestMs, Math.max(shortestMs, (before ?? shortestMs / 1.5) * growth));
  return wanted * (0.9 + 0.2 * random());
}
