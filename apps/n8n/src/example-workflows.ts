import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NODE_PACKAGE, OWN_WORKFLOWS } from './folders.ts';

/** What this app reads of a workflow; the rest is passed on as it is. */
export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly type: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
}

/**
 * The workflow to begin with and the package's examples. The one for any RPC API asks ECS, which the emulator does
 * not have, so here it asks the emulator's STS.
 */
export function exampleWorkflows(emulatorUrl: string): Workflow[] {
  return [OWN_WORKFLOWS, join(NODE_PACKAGE, 'examples')].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => toEmulator(readWorkflow(join(folder, name)), emulatorUrl)),
  );
}

function readWorkflow(file: string): Workflow {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return WorkflowFile.parse(json);
}

const WorkflowFile = z.looseObject({
  id: z.string(),
  name: z.string(),
  nodes: z.array(
    z.looseObject({ name: z.string(), type: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  ),
});

function toEmulator(workflow: Workflow, emulatorUrl: string): Workflow {
  const nodes = workflow.nodes.map((node) =>
    node.type === 'n8n-nodes-base.httpRequest'
      ? { ...node, parameters: { ...node.parameters, url: emulatorUrl, queryParameters: CALLER_IDENTITY } }
      : node,
  );
  return { ...workflow, nodes };
}

const CALLER_IDENTITY = {
  parameters: [
    { name: 'Action', value: 'GetCallerIdentity' },
    { name: 'Version', value: '2015-04-01' },
  ],
};
