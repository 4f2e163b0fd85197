import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import { z } from 'zod';
import type { OwnerSession } from '../src/owner.ts';
import { type RunOutput, readRunOutput } from './run-output.ts';

/** Waits until n8n has run a workflow that starts by itself. */
export async function nextExecution(owner: OwnerSession, workflowId: string): Promise<RunOutput> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
  for (;;) {
    const { results } = Executions.parse(await owner.call('GET', `/executions?filter=${filter}`));
    const [first] = results;
    if (first !== undefined) {
      const { data } = Execution.parse(await owner.call('GET', `/executions/${first.id}`));
      return readRunOutput(parse(data));
    }
    await sleep(1000);
  }
}

const Executions = z.object({ results: z.array(z.object({ id: z.string() })) });
const Execution = z.object({ data: z.string() });
