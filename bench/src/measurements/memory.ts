import type { ContenderName } from '../contenders/contenders.ts';
import type { CallOrder, CallReport } from './call-report.ts';
import { startWorker } from './child.ts';

/** Look-ups in a fresh process, so that the peak of its memory is theirs alone. */
export async function measureMemory(
  node: string,
  name: ContenderName,
  port: number,
  order: CallOrder,
): Promise<CallReport> {
  const worker = await startWorker(node, name, port);
  try {
    return await worker.call(order);
  } finally {
    await worker.close();
  }
}
