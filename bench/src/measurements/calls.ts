import type { BenchPlan } from '../bench-plan.ts';
import { CONTENDER_NAMES, type ContenderName } from '../contenders/contenders.ts';
import { startWorker, type Worker } from './child.ts';
import { interleave } from './interleave.ts';
import { median } from './median.ts';

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

/** Medians by contender. */
export type Figures = ReadonlyMap<ContenderName, number>;

export interface CallFigures {
  readonly cpuMicros: Figures;
  readonly perSecond: Figures;
}

/** CPU and throughput at one width, in interleaved rounds of the same run. The first round warms up. */
export async function measureCalls(
  workers: ReadonlyMap<ContenderName, Worker>,
  inFlight: number,
  { rounds, perRound }: BenchPlan['calls'],
): Promise<CallFigures> {
  const samples = await interleave(CONTENDER_NAMES, rounds + 1, async (name) => {
    const worker = workers.get(name);
    if (worker === undefined) throw new Error(`${name} has no worker`);
    return worker.call({ count: perRound, inFlight });
  });
  const medians = (figure: (report: CallReport) => number): Figures =>
    new Map([...samples].map(([name, reports]) => [name, median(reports.slice(1).map(figure))]));
  return {
    cpuMicros: medians(({ cpuMicros }) => cpuMicros / perRound),
    perSecond: medians(({ wallMs }) => (perRound / wallMs) * 1000),
  };
}

export async function startWorkers(node: string, port: number): Promise<ReadonlyMap<ContenderName, Worker>> {
  const workers = new Map<ContenderName, Worker>();
  for (const name of CONTENDER_NAMES) workers.set(name, await startWorker(node, name, port));
  return workers;
}
