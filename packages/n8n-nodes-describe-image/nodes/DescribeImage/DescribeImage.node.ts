import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
  NodeOperationError,
} from 'n8n-workflow';
import { readBatching, runInBatches } from '../../src/batching.ts';
import { NODE_OUTPUTS } from '../../src/gate/node-outputs.ts';
import { createCall, shareEqualCalls } from '../../src/http/create-call.ts';
import { IMAGE_PROPERTIES } from '../../src/image/image-properties.ts';
import { runItem } from '../../src/image/run-item.ts';
import { searchChoices } from '../../src/image/search-choices.ts';
import { errorJson, nodeError } from '../../src/node-error.ts';
import { outputHints } from '../../src/output-hints.ts';

export class DescribeImage implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Describe Image',
    name: 'describeImage',
    icon: { light: 'file:../../icons/describe-image.svg', dark: 'file:../../icons/describe-image.dark.svg' },
    group: ['input'],
    version: [1, 2],
    defaultVersion: 2,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Get digests, tags and risks of container images from Alibaba Cloud Security Center',
    defaults: { name: 'Describe Image' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: NODE_OUTPUTS,
    credentials: [{ name: 'describeImageAlibabaCloudRamApi', required: true }],
    properties: IMAGE_PROPERTIES,
  };

  methods: NonNullable<INodeType['methods']> = {
    listSearch: {
      searchRegions: searchChoices('regionId', []),
      searchInstances: searchChoices('instanceId', ['regionId']),
      searchRepositories: searchChoices('repoId', ['regionId', 'instanceId']),
      searchTags: searchChoices('tag', ['regionId', 'instanceId', 'repoId']),
    },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const items = this.getInputData();
    // A tool returns its first output only.
    const isTool = this.getNode().type.endsWith('Tool');
    const hasGateOutputs = this.getNodeParameter('gate', 0, 'none') === 'outputs' && !isTool;
    if (hasGateOutputs && this.getNode().alwaysOutputData === true)
      throw new NodeOperationError(
        this.getNode(),
        'Always Output Data cannot be combined with the output Pass',
        {
          description:
            'It sends an empty item to Pass if all items are blocked. Turn it off in the settings of the node.',
        },
      );
    if (items.length === 0) return hasGateOutputs ? [[], []] : [[]];
    const call = createCall(this).then(shareEqualCalls);

    const outputs = await runInBatches(
      items.length,
      readBatching(this.getNodeParameter('options', 0, {})),
      async (itemIndex) => {
        const pairedItem = { item: itemIndex };
        try {
          const results = await runItem(this, await call, itemIndex);
          return results.map(({ json, isBlocked }) => ({ isBlocked, item: { json, pairedItem } }));
        } catch (error) {
          const converted = nodeError(this.getNode(), error, itemIndex);
          if (!this.continueOnFail()) throw converted;
          // An item that was not checked must not pass.
          return [{ isBlocked: true, item: { json: errorJson(error, converted), pairedItem } }];
        }
      },
    );
    const all = outputs.flat();
    const hints = outputHints(
      this.getNodeParameter('operation', 0),
      all.map(({ item }) => item.json),
    );
    if (hints.length > 0) this.addExecutionHints(...hints);
    if (!hasGateOutputs) return [all.map(({ item }) => item)];
    const select = (blocked: boolean): INodeExecutionData[] =>
      all.filter(({ isBlocked }) => isBlocked === blocked).map(({ item }) => item);
    return [select(false), select(true)];
  }
}
