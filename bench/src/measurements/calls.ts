import type { BenchPlan } from '../bench-plan.ts';
import { CONTENDER_NAMES, type ContenderName } from '../contenders/contenders.ts';
import type { CallReport } from './call-report.ts';
import { startWorker, type Worker } from './child.ts';
import { interleave, median } from './rounds.ts';

/** Medians by contender. */
export type Figures = ReadonlyMap<ContenderName, number>;

export interface CallFigures {
  readonly cpuMicros: Figures;
  readonly perSecond: Figures;
}

/** Measures CPU and throughput at one concurrency, in interleaved rounds of one run. The first round warms up. */
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
