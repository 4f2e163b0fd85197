import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IDataObject,
  IHttpRequestOptions,
  INode,
  INodeExecutionData,
  INodeIssues,
  INodeOutputConfiguration,
  INodeParameters,
  INodeProperties,
  INodeType,
  ITaskData,
  IWorkflowExecuteAdditionalData,
  NodeConnectionType,
  Workflow,
} from 'n8n-workflow';
import { inject } from 'vitest';
import { createCredentialsHelper } from './credentials-helper.mts';
import { START, START_ITEMS, START_NODE } from './start-node.mts';

const NAME = '@describe-image/n8n-nodes-describe-image';
const CREDENTIAL = 'describeImageAlibabaCloudRamApi';

process.env['N8N_USER_FOLDER'] = mkdtempSync(join(tmpdir(), 'describe-image-n8n-user-'));
process.env['N8N_ENCRYPTION_KEY'] = 'a key for tests';
process.env['N8N_DIAGNOSTICS_ENABLED'] = 'false';
process.env['N8N_LOG_LEVEL'] = 'silent';

const requireHere = createRequire(import.meta.url);
const requireFromCore = createRequire(requireHere.resolve('n8n-core'));
requireFromCore('reflect-metadata');
const core: typeof import('n8n-core') = requireHere('n8n-core');
const workflowPackage: typeof import('n8n-workflow') = requireFromCore('n8n-workflow');

/** The result of a run. */
interface Run {
  readonly error: (Error & { readonly failure?: { readonly cause: string } }) | undefined;
  /** The items of each output. */
  readonly outputs: readonly (readonly INodeExecutionData[])[];
  /** The messages above the output. */
  readonly hints: readonly string[];
}

/** n8n's engine with the packed package: it runs n8n's loader, expressions and HTTP helpers. */
export interface Engine {
  readonly credentialType: ICredentialType;
  /** The parameters of a node of the package. */
  properties(node: string): readonly INodeProperties[];
  /** Opens a node as the editor does. */
  open(
    node: string,
    parameters: IDataObject,
    settings?: Partial<INode>,
  ): {
    readonly parameters: INodeParameters | null;
    readonly issues: INodeIssues | undefined;
    readonly outputs: readonly (INodeOutputConfiguration | NodeConnectionType)[];
  };
  /** Runs Describe Image with the given items. */
  run(parameters: IDataObject, items?: readonly IDataObject[], settings?: Partial<INode>): Promise<Run>;
  /** Runs a list search of Describe Image. */
  search(
    method: string,
    parameters: IDataObject,
    filter?: string,
    token?: string,
  ): Promise<{ results: { name: string; value: unknown }[]; paginationToken?: string }>;
  /** Creates a trigger that keeps its static data between polls. */
  trigger(
    parameters: IDataObject,
    settings?: Partial<INode>,
  ): {
    readonly staticData: IDataObject;
    poll(mode?: 'trigger' | 'manual'): Promise<IDataObject[] | null>;
  };
  /** Sends a request with the credential in the same way as the HTTP Request node. */
  request(options: IDataObject): Promise<unknown>;
  /** Sends a request with the credential in the same way as other nodes. */
  httpRequest(options: IHttpRequestOptions): Promise<unknown>;
  /** Runs the credential test. Returns `OK` or the message that n8n shows. */
  testCredential(data?: ICredentialDataDecryptedObject): Promise<string>;
  /** The current data of the credential. */
  readonly stored: ICredentialDataDecryptedObject;
  /** How often n8n has decrypted the credential. */
  decryptions(): number;
}

export async function startEngine(credential: ICredentialDataDecryptedObject): Promise<Engine> {
  const loader = new core.PackageDirectoryLoader(inject('packageDirectory'));
  await loader.loadAll();
  const credentialType = loader.getCredential(CREDENTIAL).type;
  const stored = { ...credential };

  // n8n runs a credential test in a temporary node.
  const credentialTestNode = {
    description: {
      ...loader.getNode('describeImage').type.description,
      properties: [
        {
          displayName: 'Temp',
          name: 'temp',
          type: 'string',
          default: '',
          routing: { request: credentialType.test?.request },
        },
      ],
    },
  } as unknown as INodeType;

  const nodeTypes = {
    getByName: (name: string) => nodeTypes.getByNameAndVersion(name),
    getByNameAndVersion: (name: string) => {
      if (name === 'test.start') return START;
      if (name === 'test.credential') return credentialTestNode;
      const { type } = loader.getNode(name.slice(name.lastIndexOf('.') + 1).replace(/Tool$/, ''));
      return workflowPackage.NodeHelpers.getVersionedNodeType(type as INodeType);
    },
    getKnownTypes: () => ({}),
  };

  const helper = createCredentialsHelper(workflowPackage, credentialType, stored);
  const decrypt = helper.getDecrypted;
  let decryptions = 0;
  helper.getDecrypted = (...parameters) => {
    decryptions++;
    return decrypt(...parameters);
  };

  const workflowOf = (node: INode): Workflow =>
    new workflowPackage.Workflow({
      id: '1',
      name: 'test',
      active: false,
      nodes: [START_NODE, node],
      connections: { start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
      nodeTypes: nodeTypes as never,
      settings: { executionOrder: 'v1' },
    });

  const additionalData = (workflow: Workflow): IWorkflowExecuteAdditionalData =>
    ({
      credentialsHelper: helper,
      hooks: new core.ExecutionLifecycleHooks('manual', '1', {
        id: '1',
        name: 'test',
        active: false,
        isArchived: false,
        nodes: Object.values(workflow.nodes),
        connections: workflow.connectionsBySourceNode,
        createdAt: new Date(0),
        updatedAt: new Date(0),
      } as never),
      executionId: '1',
      variables: {},
      currentNodeExecutionIndex: 0,
      setExecutionStatus() {},
      restApiUrl: 'http://127.0.0.1:1/rest',
      instanceBaseUrl: 'http://127.0.0.1:1/',
      webhookBaseUrl: 'http://127.0.0.1:1/webhook',
      webhookWaitingBaseUrl: 'http://127.0.0.1:1/waiting',
      webhookTestBaseUrl: 'http://127.0.0.1:1/test',
      formWaitingBaseUrl: 'http://127.0.0.1:1/form',
    }) as never;

  const nodeOf = (type: string, parameters: IDataObject, settings: Partial<INode> = {}): INode => ({
    id: '2',
    name: 'Describe Image',
    type: `${NAME}.${type}`,
    typeVersion: nodeTypes.getByNameAndVersion(type).description.defaultVersion ?? 1,
    position: [0, 0],
    parameters: parameters as never,
    credentials: { [CREDENTIAL]: { id: '1', name: 'test' } },
    ...settings,
  });

  const executeContext = () => {
    const node = nodeOf('describeImage', {});
    const workflow = workflowOf(node);
    return { node, workflow, data: additionalData(workflow) };
  };

  return {
    credentialType,
    stored,
    decryptions: () => decryptions,
    properties: (node) => nodeTypes.getByNameAndVersion(node).description.properties,

    open(name, parameters, settings) {
      const node = nodeOf(name, parameters, settings);
      const { description } = nodeTypes.getByNameAndVersion(name);
      const { properties } = description;
      const { NodeHelpers } = workflowPackage;
      node.parameters =
        NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) ?? {};
      return {
        parameters: node.parameters,
        issues: NodeHelpers.getNodeParametersIssues(properties, node, description) ?? undefined,
        outputs: NodeHelpers.getNodeOutputs(workflowOf(node), node, description),
      };
    },

    async run(parameters, items = [{}], settings) {
      const node = nodeOf('describeImage', { resource: 'image', ...parameters }, settings);
      const workflow = workflowOf(node);
      START_ITEMS.set(
        workflow.nodes,
        items.map((json) => ({ json })),
      );
      const engine = new core.WorkflowExecute(additionalData(workflow), 'manual');
      const finished = await engine.run({ workflow, startNode: workflow.getNode('start') as INode });
      const { resultData } = finished.data;
      const task: ITaskData | undefined = resultData.runData[node.name]?.[0];
      return {
        error: (task?.error ?? resultData.error) as Run['error'],
        outputs: (task?.data?.['main'] ?? []).map((output) => output ?? []),
        hints: (task?.hints ?? []).map(({ message }) => message),
      };
    },

    async search(method, parameters, filter, token) {
      const node = nodeOf('describeImage', parameters);
      const workflow = workflowOf(node);
      const data = Object.assign(additionalData(workflow), { currentNodeParameters: parameters });
      const context = new core.LoadOptionsContext(workflow, node, data, 'parameters.x');
      const type = nodeTypes.getByNameAndVersion(node.type);
      const found = await type.methods?.listSearch?.[method]?.call(context as never, filter, token);
      if (found === undefined) throw new Error(`search: no such list search method, got ${method}`);
      return found as Awaited<ReturnType<Engine['search']>>;
    },

    trigger(parameters, settings) {
      const staticData: IDataObject = {};
      return {
        staticData,
        async poll(mode = 'trigger') {
          const node = nodeOf('describeImageTrigger', parameters, settings);
          const workflow = workflowOf(node);
          const context = new core.PollContext(
            workflow,
            node,
            additionalData(workflow),
            mode,
            'activate',
            undefined,
            undefined,
            undefined,
            undefined,
            () => staticData,
          );
          const type = nodeTypes.getByNameAndVersion(node.type);
          const output = await type.poll?.call(context as never);
          return output?.[0]?.map(({ json }) => json) ?? null;
        },
      };
    },

    async testCredential(data = stored) {
      const node: INode = { ...nodeOf('describeImage', { temp: '' }), type: 'test.credential' };
      const workflow = workflowOf(node);
      const input = { main: [[{ json: {} }]] };
      const context = new core.ExecuteContext(
        workflow,
        node,
        additionalData(workflow),
        'internal',
        workflowPackage.createRunExecutionData({}),
        0,
        input.main[0] ?? [],
        input as never,
        { node, data: input, source: null },
        [],
      );
      const decrypted = { id: '1', name: 'test', type: CREDENTIAL, data };
      const output = await new core.RoutingNode(context, credentialTestNode, decrypted).runNode();
      const body = output?.[0]?.[0]?.json ?? {};
      for (const { properties } of credentialType.test?.rules ?? [])
        if ('key' in properties && body[properties.key] === properties.value) return properties.message;
      return 'OK';
    },

    async request(options) {
      const { node, workflow, data } = executeContext();
      const context = new core.LoadOptionsContext(workflow, node, data, '');
      return context.helpers.requestWithAuthentication.call(context as never, CREDENTIAL, options as never);
    },

    async httpRequest(options) {
      const { node, workflow, data } = executeContext();
      const context = new core.LoadOptionsContext(workflow, node, data, '');
      return context.helpers.httpRequestWithAuthentication.call(context as never, CREDENTIAL, options);
    },
  };
}
