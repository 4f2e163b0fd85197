import {
  type ImageEvent,
  type ObservedDigests,
  sampleEvent,
  storeWatchState,
  watchImages,
} from '@describe-image/core/images';
import {
  type IDataObject,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { createCall } from '../../src/http/create-call.ts';
import { eventJson } from '../../src/image/image-json.ts';
import { nodeError } from '../../src/node-error.ts';
import { checkLive } from '../../src/watch/check-live.ts';
import { readState } from '../../src/watch/read-state.ts';
import { readWatch } from '../../src/watch/read-watch.ts';
import { readLiveChecks, WATCH_PROPERTIES } from '../../src/watch/watch-properties.ts';

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
    const { emitFirst, output, liveChecks } = this.getNodeParameter('options', {}) as IDataObject; // a collection
    const isSample = this.getMode() === 'manual';
    let events: readonly ImageEvent[];
    try {
      const { key, list } = readWatch(this);
      // Equal calls are not shared: the answers of a large inventory would stay in memory.
      const call = await createCall(this);
      const rows = await list(call, { isSample });
      const samplesOf = (images: readonly ObservedDigests[]): ImageEvent[] =>
        images.flatMap((image) => kinds.flatMap((kind) => sampleEvent(kind, image) ?? []));
      if (isSample) {
        events = samplesOf(rows).slice(0, 1);
      } else {
        const stored = this.getWorkflowStaticData('node');
        const before = readState(stored['watch'], key);
        const { images, nextLive } = await checkLive(call, before, rows, readLiveChecks(liveChecks));
        const result = watchImages(before, key, images, nextLive);
        // As text, because n8n observes each object in the static data.
        stored['watch'] = JSON.stringify(storeWatchState(result.state));
        events = result.first ? (emitFirst === true ? samplesOf(images) : []) : result.events;
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
