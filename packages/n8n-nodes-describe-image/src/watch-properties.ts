import type { INodeProperties } from 'n8n-workflow';
import { FILTER_FIELDS } from './filter-fields.ts';

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
        description: 'When a tag points to another digest than before',
      },
      { name: 'New Tag', value: 'newTag', description: 'When a tag appears' },
      {
        name: 'Risk Increased',
        value: 'riskIncreased',
        description: 'When a scan finds more than the one before it',
      },
      {
        name: 'Scan Finished',
        value: 'scanFinished',
        description: 'When a scan ends, well or badly',
      },
    ],
    default: ['digestChanged'],
  },
  {
    displayName: 'Watch',
    name: 'watch',
    type: 'options',
    options: [
      { name: 'Images That Fit a Filter', value: 'filter' },
      { name: 'References', value: 'references', description: 'Single images, each looked up live' },
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
    description: 'One a line',
    displayOptions: { show: { watch: ['references'] } },
  },
  {
    displayName: 'Repository',
    name: 'repository',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. shop/checkout',
    description: 'Namespace and name of the repository',
    displayOptions: { show: { watch: ['repository'] } },
  },
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    options: FILTER_FIELDS,
    description: 'At most 5,000 tags can be watched',
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
        displayName: 'Emit on First Run',
        name: 'emitFirst',
        type: 'boolean',
        default: false,
        description:
          'Whether to report what is there when the watch begins, instead of only what changes after',
      },
      {
        displayName: 'Output',
        name: 'output',
        type: 'options',
        options: [
          { name: 'One Item per Change', value: 'changes' },
          { name: 'One Summary Item', value: 'summary' },
        ],
        default: 'changes',
      },
    ],
  },
];
