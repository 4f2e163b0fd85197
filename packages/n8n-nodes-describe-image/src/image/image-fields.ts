import type { DescribeImageInput } from '@describe-image/core/protocol';
import { type IExecuteFunctions, type INodeProperties, NodeOperationError } from 'n8n-workflow';

/** The operations on a single image. */
const show = { resource: ['image'], operation: ['get', 'getRisk', 'getVulnerabilities', 'verify'] };

export const IMAGE_FIELDS: INodeProperties[] = [
  {
    displayName: 'Image Identifier',
    name: 'imageBy',
    type: 'options',
    options: [
      { name: 'IDs', value: 'ids', description: 'Region, registry instance, repository and tag' },
      { name: 'Reference', value: 'reference', description: 'Image reference, as used by docker pull' },
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
    description: 'Namespace, repository and tag of the image, with or without its registry',
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
    description: 'Registry instance in the selected region',
    dependsOn: ['regionId'],
  }),
  idField({
    displayName: 'Repository',
    name: 'repoId',
    method: 'searchRepositories',
    placeholder: 'e.g. crr-a1c7e9k2m4p6r8t0',
    description: 'Repository in the selected registry instance',
    dependsOn: ['regionId', 'instanceId'],
  }),
  idField({
    displayName: 'Tag',
    name: 'tag',
    method: 'searchTags',
    placeholder: 'e.g. 1.4.2',
    description: 'Tag in the selected repository',
    dependsOn: ['regionId', 'instanceId', 'repoId'],
  }),
];

function idField(field: {
  readonly displayName: string;
  readonly name: string;
  readonly method: string;
  readonly placeholder: string;
  readonly description: string;
  readonly dependsOn?: readonly string[];
}): INodeProperties {
  const { displayName, name, method, placeholder, description, dependsOn = [] } = field;
  return {
    displayName,
    name,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    description,
    displayOptions: { show: { ...show, imageBy: ['ids'] } },
    ...(dependsOn.length > 0 && {
      typeOptions: { loadOptionsDependsOn: dependsOn.map((other) => `${other}.value`) },
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

/** Reads the image of an item: a reference or four IDs. */
export function readImage(node: IExecuteFunctions, itemIndex: number): string | DescribeImageInput {
  if (node.getNodeParameter('imageBy', itemIndex) === 'reference')
    return readRequiredText(node, 'Reference', 'reference', itemIndex);
  return {
    imageRegionId: readRequiredText(node, 'Region', 'regionId', itemIndex),
    imageInstanceId: readRequiredText(node, 'Registry Instance', 'instanceId', itemIndex),
    imageRepoId: readRequiredText(node, 'Repository', 'repoId', itemIndex),
    imageTag: readRequiredText(node, 'Tag', 'tag', itemIndex),
  };
}

/** Reads a required text parameter. Expressions often return a tag such as 1.4 as a number. */
function readRequiredText(node: IExecuteFunctions, label: string, name: string, itemIndex: number): string {
  const value: unknown = node.getNodeParameter(name, itemIndex, '', { extractValue: true });
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (text !== '') return text;
  throw new NodeOperationError(node.getNode(), `'${label}' is empty`, {
    itemIndex,
    description: `Fill in '${label}', or check its expression.`,
  });
}
