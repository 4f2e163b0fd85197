import { open, readFile } from 'node:fs/promises';
import { outputError, UsageError } from '../command-error.ts';
import { jsonLine } from '../output/json.ts';
import { parseHistory, type TagEvent } from './tag-history.ts';

/** Reads the events of a file; none for a file that does not exist. */
export async function readHistory(path: string): Promise<readonly TagEvent[]> {
  try {
    return parseHistory(path, await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new UsageError(
      `--file: ${error instanceof Error ? error.message : String(error)}`,
      'Give a readable file.',
    );
  }
}

/** Appends events and waits until they are on the disk. A line that an earlier crash cut is removed first. */
export async function appendHistory(path: string, events: readonly TagEvent[]): Promise<void> {
  if (events.length === 0) return;
  try {
    const file = await open(path, 'a+', 0o600);
    try {
      const text = await file.readFile('utf8');
      const end = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
      if (end < Buffer.byteLength(text)) await file.truncate(end);
      await file.appendFile(events.map(jsonLine).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw outputError(path, error instanceof Error ? error : new Error(String(error)));
  }
}
