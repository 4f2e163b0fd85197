import type { ContenderName } from '../contenders/contenders.ts';
import type { CallReport } from './calls.ts';
import { startWorker } from './child.ts';

export const LOOK_UPS = 10_000;

/** Ten thousand look-ups in a fresh process, whose peak of memory is theirs alone. */
export async function measureBatch(name: ContenderName, port: number, inFlight: number): Promise<CallReport> {
  const worker = await startWorker(name, port);
  try {
    return await worker.call({ count: LOOK_UPS, inFlight });
  } finally {
    await worker.close();
  }
}
