import { type ImageEvent, parseWatchState, sampleEvent, watchImages } from '@describe-image/core/images';
import {
  type IDataObject,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { createCall, shareEqualCalls } from '../../src/http/create-call.ts';
import { eventJson, toJson } from '../../src/image/image-json.ts';
import { nodeError } from '../../src/node-error.ts';
import { readWatch } from '../../src/watch/read-watch.ts';
import { WATCH_PROPERTIES } from '../../src/watch/watch-properties.ts';

const KINDS = ['digestChanged', 'newTag', 'scanFinished', 'riskIncreased'] as const;

export class DescribeImageTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Describe Image Trigger',
    name: 'describeImageTrigger',
    icon: { light: 'file:../../icons/describe-image.svg', dark: 'file:../../icons/describe-image.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description: 'Starts the workflow when a container image changes in Alibaba Cloud Security Center',
    defaults: { name: 'Describe Image Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'describeImageAlibabaCloudRamApi', required: true }],
    properties: WATCH_PROPERTIES,
  };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const selected: unknown = this.getNodeParameter('events');
    const kinds = KINDS.filter((kind) => Array.isArray(selected) && selected.includes(kind));
    const { emitFirst, output } = this.getNodeParameter('options', {}) as IDataObject; // a collection
    let events: readonly ImageEvent[];
    try {
      const { key, observe } = readWatch(this);
      const images = await observe(shareEqualCalls(await createCall(this)));
      const samples = (): ImageEvent[] =>
        images.flatMap((image) => kinds.flatMap((kind) => sampleEvent(kind, image) ?? []));
      if (this.getMode() === 'manual') {
        events = samples().slice(0, 1);
      } else {
        const stored = this.getWorkflowStaticData('node');
        const result = watchImages(parseWatchState(stored['watch']), key, images);
        stored['watch'] = toJson(result.state);
        events = result.first ? (emitFirst === true ? samples() : []) : result.events;
      }
    } catch (error) {
      throw nodeError(this.getNode(), error);
    }
    const items = events.filter(({ kind }) => kinds.includes(kind)).map(eventJson);
    if (items.length === 0) return null;
    if (output !== 'summary') return [items.map((json) => ({ json }))];
    const images = [...new Set(items.map(({ image }) => image))];
    return [[{ json: { count: items.length, images, events: items } as IDataObject }]];
  }
}
