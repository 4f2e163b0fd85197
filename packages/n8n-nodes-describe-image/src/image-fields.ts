import type { DescribeImageInput } from '@describe-image/core/protocol';
import { type IExecuteFunctions, type INodeProperties, NodeOperationError } from 'n8n-workflow';

/** Operations that look at one image, named by a reference or by its four ids. */
const show = { resource: ['image'], operation: ['get', 'getRisk', 'verify'] };

export const IMAGE_FIELDS: INodeProperties[] = [
  {
    displayName: 'Image By',
    name: 'imageBy',
    type: 'options',
    options: [
      { name: 'IDs', value: 'ids', description: 'Region, instance, repository and tag' },
      { name: 'Reference', value: 'reference', description: 'As in docker pull' },
    ],
    default: 'reference',
    displayOptions: { show },
  },
  {
    displayName: 'Reference',
    name: 'reference',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2',
    description: 'Registry, namespace, repository and tag of the image; the registry may be left out',
    displayOptions: { show: { ...show, imageBy: ['reference'] } },
  },
  idField({
    displayName: 'Region',
    name: 'regionId',
    method: 'searchRegions',
    placeholder: 'e.g. cn-hangzhou',
    description: 'Region of the registry instance',
  }),
  idField({
    displayName: 'Registry Instance',
    name: 'instanceId',
    method: 'searchInstances',
    placeholder: 'e.g. cri-3xk9v2m7q4wz8d1p',
    description: 'Registry instance in the chosen region',
    above: ['regionId'],
  }),
  idField({
    displayName: 'Repository',
    name: 'repoId',
    method: 'searchRepositories',
    placeholder: 'e.g. crr-a1c7e9k2m4p6r8t0',
    description: 'Repository in the chosen instance',
    above: ['regionId', 'instanceId'],
  }),
  idField({
    displayName: 'Tag',
    name: 'tag',
    method: 'searchTags',
    placeholder: 'e.g. 1.4.2',
    description: 'Tag in the chosen repository',
    above: ['regionId', 'instanceId', 'repoId'],
  }),
];

function idField(field: {
  readonly displayName: string;
  readonly name: string;
  readonly method: string;
  readonly placeholder: string;
  readonly description: string;
  readonly above?: readonly string[];
}): INodeProperties {
  const { displayName, name, method, placeholder, description, above = [] } = field;
  return {
    displayName,
    name,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    description,
    displayOptions: { show: { ...show, imageBy: ['ids'] } },
    ...(above.length > 0 && {
      typeOptions: { loadOptionsDependsOn: above.map((other) => `${other}.value`) },
    }),
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: method, searchable: true },
      },
      { displayName: 'By ID', name: 'id', type: 'string', placeholder },
    ],
  };
}

/** What names the image of an item: a reference, or the four ids. */
export function readTarget(node: IExecuteFunctions, itemIndex: number): string | DescribeImageInput {
  if (node.getNodeParameter('imageBy', itemIndex) === 'reference')
    return filled(node, 'Reference', 'reference', itemIndex);
  return {
    imageRegionId: filled(node, 'Region', 'regionId', itemIndex),
    imageInstanceId: filled(node, 'Registry Instance', 'instanceId', itemIndex),
    imageRepoId: filled(node, 'Repository', 'repoId', itemIndex),
    imageTag: filled(node, 'Tag', 'tag', itemIndex),
  };
}

/** A text parameter, trimmed. Numbers are taken for text: a tag such as 1.4 often comes as one. */
function filled(node: IExecuteFunctions, label: string, name: string, itemIndex: number): string {
  const value: unknown = node.getNodeParameter(name, itemIndex, '', { extractValue: true });
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (text !== '') return text;
  throw new NodeOperationError(node.getNode(), `'${label}' is empty`, {
    itemIndex,
    description: `Fill in '${label}', or check the expression that should give it.`,
  });
}
