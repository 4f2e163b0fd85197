import { type BenchPlan, WIDTHS } from '../bench-plan.ts';
import { CONTENDER_NAMES, type ContenderName } from '../contenders/contenders.ts';
import type { CallReport } from './call-report.ts';
import { type CallFigures, measureCalls, startWorkers } from './calls.ts';
import { startServer } from './child.ts';
import { type ColdStart, measureColdStart } from './cold-start.ts';
import { versionOf } from './find-node.ts';
import { measureMemory } from './memory.ts';
import { measureSigning } from './signing.ts';

/** All measurements on one version of Node. */
export interface NodeResults {
  readonly version: string;
  readonly calls: ReadonlyMap<number, CallFigures>;
  readonly atOnce: ReadonlyMap<ContenderName, CallReport>;
  readonly many: ReadonlyMap<ContenderName, CallReport>;
  readonly manyLookUps: number;
  readonly coldStart: ColdStart;
  readonly signingMicros: ReadonlyMap<string, number>;
}

export const LOOK_UPS_AT_ONCE = 10_000;
export const MANY_WIDTH = 64;

/** @param onProgress - Called with the name of each measurement before it starts. */
export async function measureNode(
  node: string,
  plan: BenchPlan,
  onProgress: (what: string) => void,
): Promise<NodeResults> {
  const server = await startServer();
  const { port } = server;
  const { manyLookUps } = plan;
  try {
    const calls = new Map<number, CallFigures>();
    const workers = await startWorkers(node, port);
    for (const width of WIDTHS) {
      onProgress(`calls with ${width} in flight`);
      calls.set(width, await measureCalls(workers, width, plan.calls));
    }
    for (const worker of workers.values()) await worker.close();

    const atOnce = new Map<ContenderName, CallReport>();
    const many = new Map<ContenderName, CallReport>();
    const order = { count: LOOK_UPS_AT_ONCE, inFlight: LOOK_UPS_AT_ONCE };
    for (const name of CONTENDER_NAMES) {
      onProgress(`memory of ${name}`);
      atOnce.set(name, await measureMemory(node, name, port, order, plan.atOnceRuns));
      many.set(name, await measureMemory(node, name, port, { count: manyLookUps, inFlight: MANY_WIDTH }));
    }
    onProgress('cold start');
    const coldStart = await measureColdStart(node, port, plan.coldStartRounds);
    onProgress('signing');
    const signingMicros = await measureSigning(node, plan.signingMs);
    return { version: await versionOf(node), calls, atOnce, many, manyLookUps, coldStart, signingMicros };
  } finally {
    await server.close();
  }
}
