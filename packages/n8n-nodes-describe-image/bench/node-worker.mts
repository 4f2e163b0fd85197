// Runs one node in n8n's engine in a separate process. Each message starts a run and returns its report.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IConnection, IConnections, INode, INodeType, ITaskData } from 'n8n-workflow';
import { createCredentialsHelper } from '../test/credentials-helper.mts';
import { START, START_ITEMS, START_NODE } from '../test/start-node.mts';
import { BARE_HELPER } from './bare-helper.mts';
import { CONTENDERS, isContenderName } from './contenders.mts';
import type { RunOrder, RunReport } from './run-report.mts';

const CREDENTIAL = 'describeImageAlibabaCloudRamApi';

const [name, endpoint = '', ourPackage = '', n8nPackage = ''] = process.argv.slice(2);
if (!isContenderName(name)) throw new Error(`node-worker: no such contender, got ${name}`);
const contender = CONTENDERS[name];

const userFolder = mkdtempSync(join(tmpdir(), 'describe-image-n8n-user-'));
Object.assign(process.env, {
  N8N_USER_FOLDER: userFolder,
  N8N_ENCRYPTION_KEY: 'a key for measurements',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_LOG_LEVEL: 'silent',
});
const requireHere = createRequire(import.meta.url);
const requireFromCore = createRequire(requireHere.resolve('n8n-core'));
requireFromCore('reflect-metadata');
const core: typeof import('n8n-core') = requireHere('n8n-core');
const workflowPackage: typeof import('n8n-workflow') = requireFromCore('n8n-workflow');

const ours = new core.PackageDirectoryLoader(ourPackage);
await ours.loadAll();
const theirs = new core.LazyPackageDirectoryLoader(
  n8nPackage,
  [],
  ['n8n-nodes-base.httpRequest', 'n8n-nodes-base.splitInBatches'],
);
await theirs.loadAll();
const nodeTypes = {
  getByName: (type: string) => nodeTypes.getByNameAndVersion(type),
  getByNameAndVersion(type: string, version?: number): INodeType {
    if (type === START_NODE.type) return START;
    if (type === 'bench.bareHelper') return BARE_HELPER;
    const loader = type.startsWith('n8n-nodes-base.') ? theirs : ours;
    const loaded = loader.getNode(type.slice(type.lastIndexOf('.') + 1)).type;
    return workflowPackage.NodeHelpers.getVersionedNodeType(loaded, version);
  },
  getKnownTypes: () => ({}),
};
const credentialsHelper = createCredentialsHelper(workflowPackage, ours.getCredential(CREDENTIAL).type, {
  accessKeyId: 'bench-access-key-id',
  accessKeySecret: 'bench-access-key-secret',
  site: 'custom',
  endpoint,
});
const node: INode = {
  id: '2',
  name: 'Look Up',
  type: contender.type,
  typeVersion: contender.typeVersion,
  position: [0, 0],
  parameters: contender.parameters(endpoint) as INode['parameters'],
  credentials: { [CREDENTIAL]: { id: '1', name: 'bench' } },
};
const loop: INode = {
  id: '3',
  name: 'Loop Over Items',
  type: 'n8n-nodes-base.splitInBatches',
  typeVersion: 3,
  position: [0, 0],
  parameters: { batchSize: contender.loopOver ?? 1, options: {} },
};
const isLooped = contender.loopOver !== undefined;
const to = (target: INode): IConnection[] => [{ node: target.name, type: 'main', index: 0 }];
const connections: IConnections = isLooped
  ? // The first output of Loop Over Items contains all items after the last batch.
    { start: { main: [to(loop)] }, [loop.name]: { main: [[], to(node)] }, [node.name]: { main: [to(loop)] } }
  : { start: { main: [to(node)] } };

process.on('message', (order: RunOrder) => {
  run(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => {
  rmSync(userFolder, { recursive: true, force: true });
  process.exit();
});
process.send?.('ready');

/** Runs the workflow in the mode of a production execution. */
async function run({ items, images }: RunOrder): Promise<RunReport> {
  const workflow = new workflowPackage.Workflow({
    id: '1',
    name: 'bench',
    active: true,
    nodes: [START_NODE, node, ...(isLooped ? [loop] : [])],
    connections,
    nodeTypes: nodeTypes as never, // the engine uses no other member
    settings: { executionOrder: 'v1' },
  });
  START_ITEMS.set(
    workflow.nodes,
    Array.from({ length: items }, (_, index) => ({ json: { tag: `t${index % images}` } })),
  );
  const additionalData = {
    credentialsHelper,
    hooks: new core.ExecutionLifecycleHooks('trigger', '1', { id: '1', name: 'bench' } as never),
    executionId: '1',
    variables: {},
    currentNodeExecutionIndex: 0,
    setExecutionStatus() {},
    // Available to expressions. Never called.
    webhookWaitingBaseUrl: 'http://127.0.0.1:1/waiting',
    formWaitingBaseUrl: 'http://127.0.0.1:1/form',
  };
  const engine = new core.WorkflowExecute(additionalData as never, 'trigger');

  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const finished = await engine.run({ workflow, startNode: workflow.getNode('start') as INode });
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);

  const { resultData } = finished.data;
  const task: ITaskData | undefined = resultData.runData[isLooped ? loop.name : node.name]?.at(-1);
  const error = task?.error ?? resultData.error;
  if (error !== undefined) throw error;
  const digests = (task?.data?.['main']?.[0] ?? []).map(({ json }) => contender.digestOf(json));
  const correct = digests.filter(
    (digest, index) => digest === `sha256:${(index % images).toString(16).padStart(64, '0')}`,
  ).length;
  return { wallMs, cpuMs: (user + system) / 1_000, correct };
}
