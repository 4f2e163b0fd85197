import type { INodeProperties } from 'n8n-workflow';
import { GATE_PROPERTIES } from '../gate/gate-properties.ts';
import { IMAGE_FIELDS } from './image-fields.ts';
import { FILTER_FIELDS } from './image-filter.ts';
import { IMAGE_OPTIONS } from './image-options.ts';
import { VULNERABILITY_FILTER_FIELDS } from './vulnerability-filter.ts';

const showFor = (...operation: string[]) => ({ show: { resource: ['image'], operation } });

/** The parameters of the Describe Image node. */
export const IMAGE_PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [{ name: 'Image', value: 'image' }],
    default: 'image',
  },
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['image'] } },
    options: [
      {
        name: 'Find Tags by Digest',
        value: 'findTags',
        action: 'Find tags by digest',
        description: 'Find all tags that point to a digest',
      },
      {
        name: 'Get Digest',
        value: 'get',
        action: 'Get the digest of an image',
        description: 'Get the digest that a tag points to',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many images',
        description: 'Get a list of images in the Security Center inventory',
      },
      {
        name: 'Get Risk',
        value: 'getRisk',
        action: 'Get the risk of an image',
        description: 'Get the state and the results of the last scan of an image',
      },
      {
        name: 'Get Vulnerabilities',
        value: 'getVulnerabilities',
        action: 'Get the vulnerabilities of an image',
        description: 'Get the vulnerabilities that the last scan of an image found, the most urgent first',
      },
      {
        name: 'Verify',
        value: 'verify',
        action: 'Verify the digest of an image',
        description: 'Check whether a tag points to the expected digest',
      },
    ],
    default: 'get',
  },
  ...IMAGE_FIELDS,
  {
    displayName: 'Expected Digest',
    name: 'expectedDigest',
    type: 'string',
    default: '',
    placeholder: 'e.g. sha256:3f1c…',
    description: 'Optional if the reference ends in @sha256: and a digest',
    displayOptions: showFor('verify'),
  },
  ...GATE_PROPERTIES,
  {
    displayName: 'Digest',
    name: 'digest',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. sha256:3f1c…',
    description: 'The 64 hexadecimal digits of the digest, with or without the prefix sha256:',
    displayOptions: showFor('findTags'),
  },
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
    displayOptions: showFor('getAll', 'getVulnerabilities'),
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    description: 'Max number of results to return',
    displayOptions: {
      show: { resource: ['image'], operation: ['getAll', 'getVulnerabilities'], returnAll: [false] },
    },
  },
  {
    displayName: 'Newest First',
    name: 'newestFirst',
    type: 'boolean',
    default: true,
    description:
      'Whether to sort by the time of the last update, newest first. Sorting reads all matching images, even if a limit is set.',
    displayOptions: showFor('getAll'),
  },
  {
    displayName: 'Simplify',
    name: 'simplify',
    type: 'boolean',
    default: true,
    description: 'Whether to return a simplified version of the response instead of the raw data',
    displayOptions: showFor('get', 'getAll', 'getRisk', 'getVulnerabilities'),
  },
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    options: FILTER_FIELDS,
    displayOptions: showFor('findTags', 'getAll'),
  },
  {
    displayName: 'Filters',
    name: 'vulnerabilityFilters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    options: VULNERABILITY_FILTER_FIELDS,
    displayOptions: showFor('getVulnerabilities'),
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: IMAGE_OPTIONS,
  },
];
