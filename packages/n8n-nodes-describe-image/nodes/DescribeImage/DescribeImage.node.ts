import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { callThrough } from '../../src/call-through.ts';
import { IMAGE_OPERATIONS, IMAGE_PROPERTIES } from '../../src/image-operations.ts';
import { inBatches } from '../../src/in-batches.ts';
import { facts, nodeError } from '../../src/node-error.ts';
import { readPace } from '../../src/read-pace.ts';
import { searchChoices } from '../../src/search-choices.ts';
import { shareAnswers } from '../../src/share-answers.ts';

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
    const connecting = callThrough(this).then(shareAnswers);

    const outputs = await inBatches(
      items.length,
      readPace(this.getNodeParameter('options', 0, {})),
      async (itemIndex): Promise<INodeExecutionData[]> => {
        const pairedItem = { item: itemIndex };
        try {
          const operation = IMAGE_OPERATIONS.get(this.getNodeParameter('operation', itemIndex));
          const results = (await operation?.(this, await connecting, itemIndex)) ?? [];
          return results.map((json) => ({ json, pairedItem }));
        } catch (error) {
          const wrapped = nodeError(this.getNode(), error, itemIndex);
          if (!this.continueOnFail()) throw wrapped;
          // With `error` set, n8n would put its message in place of all this; these three names are what it looks for.
          const { message, description } = wrapped;
          return [
            { json: { error: message, message: description ?? message, details: facts(error) }, pairedItem },
          ];
        }
      },
    );
    return [outputs.flat()];
  }
}
