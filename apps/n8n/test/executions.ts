import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import { z } from 'zod';
import type { OwnerSession } from '../src/n8n-api.ts';
import { runN8n } from '../src/n8n-process.ts';
import type { Host } from '../src/start-host.ts';

/** The output of an execution. */
export interface Execution {
  /** The items of a node's output, or none if the node did not run. */
  items(node: string, output?: number): readonly Readonly<Record<string, unknown>>[];
}

/** Runs an imported workflow with `n8n execute`. @throws Error with n8n's output, when the workflow fails. */
export async function executeByCommand({ settings, workflows }: Host, name: string): Promise<Execution> {
  const workflow = workflows.find((candidate) => candidate.name === name);
  if (workflow === undefined) throw new Error(`executeByCommand: no such workflow, got ${name}`);
  const execute = () => runN8n(settings, 'execute', `--id=${workflow.id}`, '--rawOutput');
  // n8n's native modules can crash when it exits on a busy machine.
  const output = await execute().catch((error: unknown) =>
    String(error).includes('SIGSEGV') ? execute() : Promise.reject(error),
  );
  // n8n prints other lines before and after the JSON.
  const json: unknown = JSON.parse(/^\{$[\s\S]*?^\}$/m.exec(output)?.[0] ?? '');
  return readExecution(z.object({ data: z.unknown() }).parse(json).data);
}

/** Waits for the first successful execution of a workflow that n8n starts. */
export async function nextExecution(owner: OwnerSession, workflowId: string): Promise<Execution> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
  for (;;) {
    const { results } = ExecutionList.parse(await owner.call('GET', `/executions?filter=${filter}`));
    const [first] = results;
    if (first !== undefined) {
      const { data } = StoredExecution.parse(await owner.call('GET', `/executions/${first.id}`));
      return readExecution(parse(data));
    }
    await sleep(1000);
  }
}

function readExecution(data: unknown): Execution {
  const { runData } = ExecutionData.parse(data).resultData;
  return {
    items: (node, output = 0) =>
      (runData[node] ?? []).flatMap((run) => run.data?.main[output]?.map(({ json }) => json) ?? []),
  };
}

const ExecutionList = z.object({ results: z.array(z.object({ id: z.string() })) });
const StoredExecution = z.object({ data: z.string() });
const Item = z.object({ json: z.record(z.string(), z.unknown()) });
const NodeRun = z.object({ data: z.object({ main: z.array(z.array(Item).nullable()) }).optional() });
const ExecutionData = z.object({
  resultData: z.object({ runData: z.record(z.string(), z.array(NodeRun)) }),
});
