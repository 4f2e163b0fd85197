import type { IDataObject } from 'n8n-workflow';
import type { Pace } from './in-batches.ts';

const DEFAULT_CONCURRENCY = 16;
const DEFAULT_BATCH = { batchSize: 50, batchInterval: 1_000 };

/** The pace that the options name. A value left out is the default that its field shows. */
export function readPace(options: IDataObject): Pace {
  const concurrency = count(options['concurrency'], DEFAULT_CONCURRENCY, 1);
  const batch = inner(inner(options, 'batching'), 'batch');
  if (batch === undefined) return { concurrency, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
  return {
    concurrency,
    batchSize: count(batch['batchSize'], DEFAULT_BATCH.batchSize, 1),
    intervalMs: count(batch['batchInterval'], DEFAULT_BATCH.batchInterval, 0),
  };
}

function inner(value: IDataObject | undefined, name: string): IDataObject | undefined {
  const field = value?.[name];
  return typeof field === 'object' && field !== null && !Array.isArray(field)
    ? (field as IDataObject)
    : undefined;
}

function count(value: unknown, fallback: number, least: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(Math.floor(value), least) : fallback;
}
