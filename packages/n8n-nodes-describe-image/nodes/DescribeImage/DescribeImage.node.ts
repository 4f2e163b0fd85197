import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { readBatching, runInBatches } from '../../src/batching.ts';
import { createCall, shareEqualCalls } from '../../src/http/create-call.ts';
import { IMAGE_OPERATIONS } from '../../src/image/image-operations.ts';
import { IMAGE_PROPERTIES } from '../../src/image/image-properties.ts';
import { searchChoices } from '../../src/image/search-choices.ts';
import { errorDetails, nodeError } from '../../src/node-error.ts';

export class DescribeImage implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Describe Image',
    name: 'describeImage',
    icon: { light: 'file:../../icons/describe-image.svg', dark: 'file:../../icons/describe-image.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Get digests, tags and risks of container images from Alibaba Cloud Security Center',
    defaults: { name: 'Describe Image' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
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
    if (items.length === 0) return [[]];
    const call = createCall(this).then(shareEqualCalls);

    const outputs = await runInBatches(
      items.length,
      readBatching(this.getNodeParameter('options', 0, {})),
      async (itemIndex): Promise<INodeExecutionData[]> => {
        const pairedItem = { item: itemIndex };
        try {
          const operation = IMAGE_OPERATIONS.get(this.getNodeParameter('operation', itemIndex));
          const results = (await operation?.(this, await call, itemIndex)) ?? [];
          return results.map((json) => ({ json, pairedItem }));
        } catch (error) {
          const converted = nodeError(this.getNode(), error, itemIndex);
          if (!this.continueOnFail()) throw converted;
          // n8n sends an item to the error output when its JSON has these fields only. Setting `error` on the item itself
          // would replace the JSON.
          const { message, description } = converted;
          return [
            {
              json: { error: message, message: description ?? message, details: errorDetails(error) },
              pairedItem,
            },
          ];
        }
      },
    );
    return [outputs.flat()];
  }
}
