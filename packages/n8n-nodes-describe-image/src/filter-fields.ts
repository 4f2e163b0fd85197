import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const YES_OR_NO: INodePropertyOptions[] = [
  { name: 'No', value: 'NO' },
  { name: 'Yes', value: 'YES' },
];

/** The conditions that Security Center searches by. */
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
    description: 'One of acr, harbor, quay and CI/CD',
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
    description: 'Any of vulnerabilities, alerts and baseline risks',
  },
  {
    displayName: 'Scanned',
    name: 'scanned',
    type: 'boolean',
    default: true,
    description: 'Whether images have been scanned already',
  },
  { displayName: 'Tag', name: 'tag', type: 'string', default: '', placeholder: 'e.g. 1.4.2' },
  { displayName: 'Vulnerabilities', name: 'vulStatus', type: 'options', options: YES_OR_NO, default: 'YES' },
];
