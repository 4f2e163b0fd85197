/** How many items to run on, and how many images they name. */
export interface RunOrder {
  readonly items: number;
  readonly images: number;
}

/** What the run cost in the process of the engine, and how many items came out with the right digest. */
export interface RunReport {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly right: number;
}

export function isRunReport(value: unknown): value is RunReport {
  return typeof value === 'object' && value !== null && 'wallMs' in value && 'cpuMs' in value;
}
