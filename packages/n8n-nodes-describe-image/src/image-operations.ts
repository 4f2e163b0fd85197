import type { INodeProperties } from 'n8n-workflow';
import { FILTER_FIELDS } from './filter-fields.ts';
import { IMAGE_FIELDS } from './image-fields.ts';
import { findTags } from './operations/find-tags.ts';
import { getDigest } from './operations/get-digest.ts';
import { getMany } from './operations/get-many.ts';
import { getRisk } from './operations/get-risk.ts';
import type { ImageOperation } from './operations/image-operation.ts';
import { verify } from './operations/verify.ts';

export const IMAGE_OPERATIONS: ReadonlyMap<unknown, ImageOperation> = new Map([
  ['findTags', findTags],
  ['get', getDigest],
  ['getAll', getMany],
  ['getRisk', getRisk],
  ['verify', verify],
]);

const showFor = (...operation: string[]) => ({ show: { resource: ['image'], operation } });

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
        description: 'Find every tag that points to a digest',
      },
      {
        name: 'Get Digest',
        value: 'get',
        action: 'Get the digest of an image',
        description: 'Get the digest that a tag points to now',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many images',
        description: 'Get a list of images that Security Center knows',
      },
      {
        name: 'Get Risk',
        value: 'getRisk',
        action: 'Get the risk of an image',
        description: 'Get the state of the scan and what it found',
      },
      {
        name: 'Verify',
        value: 'verify',
        action: 'Verify the digest of an image',
        description: 'Check that a tag still points to the digest you expect',
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
    description: 'May be left empty for a reference that ends in @sha256: and a digest',
    displayOptions: showFor('verify'),
  },
  {
    displayName: 'Digest',
    name: 'digest',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. sha256:3f1c…',
    description: 'The 64 hex digits of a digest, with or without sha256: before them',
    displayOptions: showFor('findTags'),
  },
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
    displayOptions: showFor('getAll'),
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    description: 'Max number of results to return',
    displayOptions: { show: { resource: ['image'], operation: ['getAll'], returnAll: [false] } },
  },
  {
    displayName: 'Newest First',
    name: 'newestFirst',
    type: 'boolean',
    default: true,
    description:
      'Whether to sort by the time of the last change. All images that fit are read for this, even below a limit.',
    displayOptions: showFor('getAll'),
  },
  {
    displayName: 'Simplify',
    name: 'simplify',
    type: 'boolean',
    default: true,
    description: 'Whether to return a simplified version of the response instead of the raw data',
    displayOptions: showFor('get', 'getAll', 'getRisk'),
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
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Batching',
        name: 'batching',
        type: 'fixedCollection',
        placeholder: 'Add Batching',
        default: { batch: {} },
        options: [
          {
            displayName: 'Batching',
            name: 'batch',
            values: [
              {
                displayName: 'Items per Batch',
                name: 'batchSize',
                type: 'number',
                typeOptions: { minValue: 1 },
                default: 50,
                description: 'How many input items are worked on before the next pause',
              },
              {
                displayName: 'Batch Interval (Ms)',
                name: 'batchInterval',
                type: 'number',
                typeOptions: { minValue: 0 },
                default: 1000,
                description:
                  'Pause between the end of a batch and the beginning of the next, in milliseconds',
              },
            ],
          },
        ],
      },
      {
        displayName: 'Concurrency',
        name: 'concurrency',
        type: 'number',
        typeOptions: { minValue: 1, maxValue: 64 },
        default: 16,
        description: 'How many input items are looked up at the same time',
      },
    ],
  },
];
