/** The number of input items and of different images. */
export interface RunOrder {
  readonly items: number;
  readonly images: number;
}

/** The cost of a run in the engine's process, and the number of items with the correct digest. */
export interface RunReport {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly correct: number;
}

export function isRunReport(value: unknown): value is RunReport {
  return typeof value === 'object' && value !== null && 'wallMs' in value && 'cpuMs' in value;
}
