/** The sizes of the measurements. */
export interface BenchPlan {
  /** One round warms up and is not counted. */
  readonly calls: { readonly rounds: number; readonly perRound: number };
  readonly coldStartRounds: number;
  readonly signingMs: number;
  /** Look-ups of the longer memory run. */
  readonly manyLookUps: number;
}

/** Requests in flight. */
export const WIDTHS: readonly number[] = [1, 16, 64, 256];

export const FULL: BenchPlan = {
  calls: { rounds: 11, perRound: 3000 },
  coldStartRounds: 15,
  signingMs: 2000,
  manyLookUps: 100_000,
};

/** Takes about a minute for each version of Node, for a first comparison. */
export const QUICK: BenchPlan = {
  calls: { rounds: 5, perRound: 1500 },
  coldStartRounds: 9,
  signingMs: 400,
  manyLookUps: 20_000,
};
