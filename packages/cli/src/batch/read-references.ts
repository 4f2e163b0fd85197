import { readFile } from 'node:fs/promises';
import type { CandidateHints } from '@describe-image/core/images';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';

/** A reference to look up, and the ids that its line names. */
export interface ListedReference {
  readonly reference: string;
  readonly hints: CandidateHints;
}

export type ListFormat = 'text' | 'csv' | 'ndjson';

/** The text of a file, or of stdin for `-`. @throws UsageError for a file that cannot be read. */
export async function readInput(path: string, { readStdin }: Pick<CliContext, 'readStdin'>): Promise<string> {
  try {
    if (path !== '-') return await readFile(path, 'utf8');
    return (await readStdin?.()) ?? '';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--file: ${message}`, 'Give the path of a readable file, or - for stdin.');
  }
}

/** The format that a file name or the first character of the text shows. */
export function formatOf(path: string, text: string): ListFormat {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.(?:ndjson|jsonl)$/i.test(path)) return 'ndjson';
  return /^\s*["{]/.test(text) ? 'ndjson' : 'text';
}

/** @throws UsageError naming the line that cannot be read. */
export async function parseReferences(
  path: string,
  text: string,
  format: ListFormat = formatOf(path, text),
): Promise<readonly ListedReference[]> {
  switch (format) {
    case 'text':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((reference) => ({ reference, hints: {} }));
    case 'ndjson':
      return text
        .split('\n')
        .map((line, index) => [line.trim(), `${path}:${index + 1}`] as const)
        .filter(([line]) => line !== '')
        .map(([line, place]) => referenceOf(parseJson(line, place), place));
    case 'csv':
      return parseCsv(path, text);
  }
}

/** The first row has titles if one of them is a known column; otherwise the first column has the references. */
async function parseCsv(path: string, text: string): Promise<readonly ListedReference[]> {
  const { parse } = await import('csv-parse/sync');
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : 'not CSV');
  }
  const [head = [], ...body] = rows;
  const titles = head.map((title) => title.toLowerCase());
  if (!titles.includes('reference') && !titles.includes('image'))
    return rows.map(([reference = '']) => ({ reference, hints: {} }));
  return body.map((row, index) =>
    referenceOf(
      Object.fromEntries(titles.map((title, column) => [title, row[column]])),
      `${path}: row ${index + 2}`,
    ),
  );
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw unreadable(place, 'not JSON');
  }
}

/** A text, or an object with `reference` or `image`, and optionally `region`, `instance` and `repo`. */
function referenceOf(value: unknown, place: string): ListedReference {
  if (typeof value === 'string') return { reference: value, hints: {} };
  const field = (name: string): string | undefined => {
    const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return typeof text === 'string' && text !== '' ? text : undefined;
  };
  const reference = field('reference') ?? field('image');
  if (reference === undefined) throw unreadable(place, 'has neither "reference" nor "image"');
  return {
    reference,
    hints: { regionId: field('region'), instanceId: field('instance'), repoId: field('repo') },
  };
}

function unreadable(place: string, reason: string): UsageError {
  return new UsageError(
    `${place}: ${reason}`,
    'Give one reference per line, CSV with a column "reference", or NDJSON. --input-format selects one.',
  );
}
