import type { ImageFilter } from '@describe-image/core/images';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const YES_OR_NO: INodePropertyOptions[] = [
  { name: 'No', value: 'NO' },
  { name: 'Yes', value: 'YES' },
];

/** The fields of the Filters collection. */
export const FILTER_FIELDS: INodeProperties[] = [
  { displayName: 'Alerts', name: 'alarmStatus', type: 'options', options: YES_OR_NO, default: 'YES' },
  { displayName: 'Baseline Risks', name: 'hcStatus', type: 'options', options: YES_OR_NO, default: 'YES' },
  { displayName: 'Digest', name: 'digest', type: 'string', default: '', placeholder: 'e.g. sha256:3f1c…' },
  {
    displayName: 'Instance ID',
    name: 'instanceId',
    type: 'string',
    default: '',
    placeholder: 'e.g. cri-3xk9v2m7q4wz8d1p',
  },
  {
    displayName: 'Region ID',
    name: 'regionId',
    type: 'string',
    default: '',
    placeholder: 'e.g. cn-hangzhou',
  },
  {
    displayName: 'Registry Type',
    name: 'registryType',
    type: 'string',
    default: '',
    placeholder: 'e.g. acr',
    description: 'Type of the registry: acr, harbor, quay or CI/CD',
  },
  {
    displayName: 'Repository ID',
    name: 'repoId',
    type: 'string',
    default: '',
    placeholder: 'e.g. crr-a1c7e9k2m4p6r8t0',
  },
  {
    displayName: 'Repository Name',
    name: 'repoName',
    type: 'string',
    default: '',
    placeholder: 'e.g. checkout',
  },
  {
    displayName: 'Repository Namespace',
    name: 'repoNamespace',
    type: 'string',
    default: '',
    placeholder: 'e.g. shop',
  },
  {
    displayName: 'Risks',
    name: 'riskStatus',
    type: 'options',
    options: YES_OR_NO,
    default: 'YES',
    description: 'Vulnerabilities, alerts or baseline risks',
  },
  {
    displayName: 'Scanned',
    name: 'scanned',
    type: 'boolean',
    default: true,
    description: 'Whether the images have been scanned',
  },
  { displayName: 'Tag', name: 'tag', type: 'string', default: '', placeholder: 'e.g. 1.4.2' },
  { displayName: 'Vulnerabilities', name: 'vulStatus', type: 'options', options: YES_OR_NO, default: 'YES' },
];

const TEXT_FIELDS = [
  'regionId',
  'instanceId',
  'repoId',
  'repoName',
  'repoNamespace',
  'tag',
  'digest',
  'registryType',
  'riskStatus',
  'vulStatus',
  'alarmStatus',
  'hcStatus',
] as const satisfies readonly (keyof ImageFilter)[];

/** Reads the Filters collection. Empty fields are ignored. */
export function readFilter(fields: IDataObject): ImageFilter {
  const filter: { -readonly [Name in keyof ImageFilter]: ImageFilter[Name] } = {};
  for (const name of TEXT_FIELDS) {
    const value = fields[name];
    if (typeof value === 'string' && value.trim() !== '') filter[name] = value.trim();
  }
  if (typeof fields['scanned'] === 'boolean') filter.scanned = fields['scanned'];
  return filter;
}
