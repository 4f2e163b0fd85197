import type { INodeProperties } from 'n8n-workflow';
import { FILTER_FIELDS } from '../image/image-filter.ts';

const LIVE_CHECKS = 100;

/** Reads the option with this name. */
export function readLiveChecks(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? Math.floor(value) : LIVE_CHECKS;
}

/** The parameters of the Describe Image Trigger node. */
export const WATCH_PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    required: true,
    options: [
      {
        name: 'Digest Changed',
        value: 'digestChanged',
        description: 'A tag points to a different digest',
      },
      { name: 'New Tag', value: 'newTag', description: 'A tag is added' },
      {
        name: 'Risk Increased',
        value: 'riskIncreased',
        description: 'A scan finds more risks than the previous scan',
      },
      {
        name: 'Scan Finished',
        value: 'scanFinished',
        description: 'A scan succeeds or fails',
      },
    ],
    default: ['digestChanged'],
  },
  {
    displayName: 'Watched Images',
    name: 'watch',
    type: 'options',
    options: [
      { name: 'Images Matching a Filter', value: 'filter' },
      { name: 'References', value: 'references', description: 'A list of image references' },
      { name: 'Repository', value: 'repository', description: 'All tags of one repository' },
    ],
    default: 'references',
  },
  {
    displayName: 'References',
    name: 'references',
    type: 'string',
    typeOptions: { rows: 4 },
    default: '',
    required: true,
    placeholder: 'e.g. shop/checkout:latest',
    description: 'One reference per line',
    displayOptions: { show: { watch: ['references'] } },
  },
  {
    displayName: 'Repository',
    name: 'repository',
    type: 'string',
    default: '',
    required: true,
    typeOptions: { rows: 2 },
    placeholder: 'e.g. shop/checkout',
    description: 'Namespace and name of the repository. Several repositories: one per line.',
    displayOptions: { show: { watch: ['repository'] } },
  },
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    options: FILTER_FIELDS,
    description: 'Up to 50,000 images can be watched',
    displayOptions: { show: { watch: ['filter'] } },
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Initial Events',
        name: 'emitFirst',
        type: 'boolean',
        default: false,
        description:
          'Whether the first poll returns an event for each existing image. By default, it only records their state.',
      },
      {
        displayName: 'Live Checks per Poll',
        name: 'liveChecks',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: LIVE_CHECKS,
        description:
          'Maximum number of calls of DescribeImage in one poll. The next poll continues with the other images. Without live checks, the trigger reports a moved tag when the inventory has it.',
      },
      {
        displayName: 'Output',
        name: 'output',
        type: 'options',
        options: [
          { name: 'One Item per Event', value: 'changes' },
          { name: 'One Summary Item', value: 'summary' },
        ],
        default: 'changes',
      },
    ],
  },
];
