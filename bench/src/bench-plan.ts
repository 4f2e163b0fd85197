/** How much of everything is measured. */
export interface BenchPlan {
  readonly sequential: { readonly rounds: number; readonly calls: number };
  readonly throughput: {
    readonly rounds: number;
    readonly calls: number;
    readonly levels: readonly number[];
  };
  /** The two batches for everyone, or only for ours, the limit and one official package. */
  readonly batchForAll: boolean;
  readonly coldStartRounds: number;
  readonly signingMs: number;
}

const LEVELS = [1, 16, 64, 256] as const;

export const FULL: BenchPlan = {
  sequential: { rounds: 11, calls: 1500 },
  throughput: { rounds: 5, calls: 3000, levels: LEVELS },
  batchForAll: true,
  coldStartRounds: 15,
  signingMs: 2000,
};

/** About a minute; good for a first look. */
export const QUICK: BenchPlan = {
  sequential: { rounds: 7, calls: 500 },
  throughput: { rounds: 3, calls: 600, levels: LEVELS },
  batchForAll: false,
  coldStartRounds: 5,
  signingMs: 400,
};
