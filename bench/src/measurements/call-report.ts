/** The number of calls and their concurrency. */
export interface CallOrder {
  readonly count: number;
  readonly inFlight: number;
}

/** The resources that the calls used in the client's process. */
export interface CallReport {
  readonly cpuMicros: number;
  readonly wallMs: number;
  readonly failed: number;
  /** The highest value since the process started. */
  readonly peakRssMib: number;
}
