import type { ContenderName } from '../contenders/contenders.ts';
import type { CallOrder, CallReport } from './call-report.ts';
import { startWorker } from './child.ts';

/** Makes calls in new processes, so that the peak memory of each includes only them. Returns the report with the median memory. */
export async function measureMemory(
  node: string,
  name: ContenderName,
  port: number,
  order: CallOrder,
  runs = 1,
): Promise<CallReport> {
  const reports: CallReport[] = [];
  for (let run = 0; run < runs; run++) {
    const worker = await startWorker(node, name, port);
    try {
      reports.push(await worker.call(order));
    } finally {
      await worker.close();
    }
  }
  const middle = reports.toSorted((a, b) => a.peakRssMib - b.peakRssMib)[runs >> 1];
  if (middle === undefined) throw new Error(`${name}: no run of the memory measurement`);
  return { ...middle, failed: Math.max(...reports.map(({ failed }) => failed)) };
}
