import { CREDENTIAL_TYPE } from '../src/demo-credential.ts';
import type { Workflow } from '../src/example-workflows.ts';

/** The image of an item, by ids; only the tag differs. */
export const REPOSITORY = { regionId: 'cn-hangzhou', instanceId: 'cri-bench', repoId: 'crr-bench' } as const;

/** Our node, and n8n's HTTP Request node making the same calls with our credential. */
export function measuredWorkflows(emulatorUrl: string): Workflow[] {
  return [
    workflow('describeimagebench1', 'ours', {
      type: '@describe-image/n8n-nodes-describe-image.describeImage',
      typeVersion: 1,
      parameters: {
        resource: 'image',
        operation: 'get',
        imageBy: 'ids',
        ...Object.fromEntries(Object.entries(REPOSITORY).map(([name, value]) => [name, locator(value)])),
        tag: locator('={{ $json.tag }}'),
        simplify: true,
        options: { concurrency: 16 },
      },
    }),
    workflow('describeimagebench2', 'http', {
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      parameters: {
        method: 'POST',
        url: emulatorUrl,
        authentication: 'predefinedCredentialType',
        nodeCredentialType: CREDENTIAL_TYPE,
        sendQuery: true,
        queryParameters: {
          parameters: [
            { name: 'Action', value: 'DescribeImage' },
            { name: 'Version', value: '2018-12-03' },
            { name: 'ImageRegionId', value: REPOSITORY.regionId },
            { name: 'ImageInstanceId', value: REPOSITORY.instanceId },
            { name: 'ImageRepoId', value: REPOSITORY.repoId },
            { name: 'ImageTag', value: '={{ $json.tag }}' },
          ],
        },
        options: {},
      },
    }),
  ];
}

function locator(value: string): object {
  return { __rl: true, mode: 'id', value };
}

function workflow(
  id: string,
  path: string,
  measured: {
    readonly type: string;
    readonly typeVersion: number;
    readonly parameters: Readonly<Record<string, unknown>>;
  },
): Workflow {
  const credentials = { [CREDENTIAL_TYPE]: { id: 'describeimagecred1', name: 'Alibaba Cloud RAM' } };
  const node = { id: '3', name: 'Measured', position: [440, 0], credentials, ...measured };
  const webhook = {
    id: '1',
    name: 'Webhook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    position: [0, 0],
    webhookId: `bench-${path}`,
    parameters: {
      httpMethod: 'POST',
      path: `bench-${path}`,
      responseMode: 'lastNode',
      responseData: 'allEntries',
      options: {},
    },
  };
  const split = {
    id: '2',
    name: 'Split Out',
    type: 'n8n-nodes-base.splitOut',
    typeVersion: 1,
    position: [220, 0],
    parameters: { fieldToSplitOut: 'body.items', options: {} },
  };
  const to = (name: string): object => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
  const connections = { Webhook: to('Split Out'), 'Split Out': to('Measured') };
  const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };
  return Object.assign(
    { id, name: path, nodes: [webhook, split, node] },
    { connections, settings, active: false },
  );
}
