import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

/** What the nodes of one execution gave. */
export interface RunOutput {
  /** The items of a node's output; none when it did not run. */
  items(node: string, output?: number): readonly Json[];
}

/** Reads an execution as n8n keeps it. @throws z.ZodError when it is no execution. */
export function readRunOutput(execution: unknown): RunOutput {
  const { runData } = Execution.parse(execution).resultData;
  return {
    items: (node, output = 0) =>
      (runData[node] ?? []).flatMap(({ data }) => data?.main[output]?.map(({ json }) => json) ?? []),
  };
}

const Item = z.object({ json: z.record(z.string(), z.unknown()) });
const NodeRun = z.object({ data: z.object({ main: z.array(z.array(Item).nullable()) }).optional() });
const Execution = z.object({ resultData: z.object({ runData: z.record(z.string(), z.array(NodeRun)) }) });
