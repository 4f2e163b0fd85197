import { type IDataObject, type INodeProperties, sleep } from 'n8n-workflow';

/** How many items run at the same time, and the pauses between them. */
export interface Batching {
  /** Maximum number of items in progress. */
  readonly concurrency: number;
  /** Items per batch. */
  readonly batchSize: number;
  /** Pause between the end of a batch and the start of the next one, in milliseconds. */
  readonly intervalMs: number;
}

const DEFAULTS = { concurrency: 16, batchSize: 50, batchInterval: 1_000 };

/** The fields of the Options collection. */
export const BATCHING_OPTIONS: INodeProperties[] = [
  {
    displayName: 'Batching',
    name: 'batching',
    type: 'fixedCollection',
    placeholder: 'Add Batching',
    default: { batch: {} },
    options: [
      {
        displayName: 'Batching',
        name: 'batch',
        values: [
          {
            displayName: 'Items per Batch',
            name: 'batchSize',
            type: 'number',
            typeOptions: { minValue: 1 },
            default: DEFAULTS.batchSize,
            description: 'Number of input items per batch',
          },
          {
            displayName: 'Batch Interval (Ms)',
            name: 'batchInterval',
            type: 'number',
            typeOptions: { minValue: 0 },
            default: DEFAULTS.batchInterval,
            description: 'Pause between the end of a batch and the start of the next one, in milliseconds',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Concurrency',
    name: 'concurrency',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 64 },
    default: DEFAULTS.concurrency,
    description: 'Maximum number of input items processed at the same time',
  },
];

/** Reads the Options collection. A missing value gets the default that its field shows. */
export function readBatching(options: IDataObject): Batching {
  const concurrency = readCount(options['concurrency'], DEFAULTS.concurrency, 1);
  const batch = readObject(readObject(options, 'batching'), 'batch');
  if (batch === undefined) return { concurrency, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
  return {
    concurrency,
    batchSize: readCount(batch['batchSize'], DEFAULTS.batchSize, 1),
    intervalMs: readCount(batch['batchInterval'], DEFAULTS.batchInterval, 0),
  };
}

function readObject(value: IDataObject | undefined, name: string): IDataObject | undefined {
  const field = value?.[name];
  return typeof field === 'object' && field !== null && !Array.isArray(field)
    ? (field as IDataObject)
    : undefined;
}

function readCount(value: unknown, fallback: number, least: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(Math.floor(value), least) : fallback;
}

/** Runs `work` for the indexes from 0 to `count` - 1 and returns the results in this order. After an error, no further work starts. */
export async function runInBatches<Result>(
  count: number,
  { concurrency, batchSize, intervalMs }: Batching,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < count; start += batchSize) {
    if (start > 0 && intervalMs > 0) await sleep(intervalMs);
    const end = Math.min(start + batchSize, count);
    let next = start;
    let failed = false;
    const worker = async (): Promise<void> => {
      while (next < end && !failed) {
        const index = next++;
        try {
          results[index] = await work(index);
        } finally {
          failed ||= !(index in results);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, end - start) }, worker));
  }
  return results;
}
