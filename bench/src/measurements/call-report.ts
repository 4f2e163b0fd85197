/** How many calls to make, and how many of them at once. */
export interface CallOrder {
  readonly count: number;
  readonly inFlight: number;
}

/** What they cost in the client's process. */
export interface CallReport {
  readonly cpuMicros: number;
  readonly wallMs: number;
  readonly failed: number;
  /** The highest value since the process started. */
  readonly peakRssMib: number;
}
