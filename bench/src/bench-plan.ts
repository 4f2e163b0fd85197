/** The sizes of the measurements. */
export interface BenchPlan {
  /** One round warms up and is not counted. */
  readonly calls: { readonly rounds: number; readonly perRound: number };
  readonly coldStartRounds: number;
  readonly signingMs: number;
  /** Processes whose median is the memory of many look-ups at once. */
  readonly atOnceRuns: number;
  /** Look-ups of the longer memory run. */
  readonly manyLookUps: number;
  /** Time for one version of Node on two idle cores, as printed before the start. */
  readonly minutes: number;
}

/** Requests in flight. */
export const WIDTHS: readonly number[] = [1, 16, 64, 256];

export const FULL: BenchPlan = {
  calls: { rounds: 9, perRound: 2000 },
  coldStartRounds: 15,
  signingMs: 2000,
  atOnceRuns: 3,
  manyLookUps: 100_000,
  minutes: 5,
};

/** For a first comparison. */
export const QUICK: BenchPlan = {
  calls: { rounds: 5, perRound: 1500 },
  coldStartRounds: 9,
  signingMs: 400,
  atOnceRuns: 1,
  manyLookUps: 20_000,
  minutes: 2,
};
