import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoCredentials } from '@describe-image/emulator';
import { z } from 'zod';
import { NODE_PACKAGE, OWN_WORKFLOWS } from './folders.ts';

/** The emulator's keys as a credential for `n8n import:credentials`. The example workflows refer to its ID and name. */
export function demoCredential(endpoint: string): Readonly<Record<string, unknown>> {
  return {
    id: 'describeimagecred1',
    name: 'Alibaba Cloud RAM',
    type: 'describeImageAlibabaCloudRamApi',
    data: {
      ...demoCredentials,
      securityToken: '',
      site: 'custom',
      endpoint,
      assumeRole: false,
      allowedHttpRequestDomains: 'all',
    },
  };
}

/** The fields of a workflow that this app reads. Other fields are passed on unchanged. */
export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly type: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
}

/** The workflows of this app and the examples of the package. */
export function exampleWorkflows(emulatorUrl: string): Workflow[] {
  return [OWN_WORKFLOWS, join(NODE_PACKAGE, 'examples')].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => useEmulator(readWorkflow(join(folder, name)), emulatorUrl)),
  );
}

/** Reads a workflow that n8n exported. */
export function readWorkflow(file: string): Workflow {
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

/** The HTTP Request example calls ECS, which the emulator does not serve. Here it calls the emulator's STS. */
function useEmulator(workflow: Workflow, emulatorUrl: string): Workflow {
  const nodes = workflow.nodes.map((node) =>
    node.parameters['nodeCredentialType'] === 'describeImageAlibabaCloudRamApi'
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
