import { UsageError } from '../command-error.ts';

/**
 * The lines of an earlier output that have a digest, by reference. A last line that an interruption cut is ignored.
 *
 * @throws UsageError for a file that is no output of a batch.
 */
export function finishedLines(path: string, text: string): ReadonlyMap<string, string> {
  const finished = new Map<string, string>();
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const value = parse(line);
    if (value === undefined && index === lines.length - 1) break;
    if (value === undefined || !('reference' in value))
      throw new UsageError(
        `--resume: ${path}:${index + 1} is no line of an earlier output`,
        'Give the NDJSON that an earlier run of the same command printed.',
      );
    const { reference, digest, error } = value;
    if (typeof reference === 'string' && typeof digest === 'string' && error === null)
      finished.set(reference, line);
  }
  return finished;
}

function parse(line: string): Partial<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    // An object that JSON.parse returns can be read by any name.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
