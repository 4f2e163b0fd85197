import type { ContenderName } from '../contenders/contenders.ts';
import type { CallOrder, CallReport } from './call-report.ts';
import { startWorker } from './child.ts';

/** Makes calls in a new process, so that its peak memory includes only them. */
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
