import type { DigestDemands, ResolveImageOptions } from '@describe-image/core/images';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { BATCHING_OPTIONS } from '../batching.ts';

// Version 2 has these two options as parameters of its gate.
const requirements = { '@version': [1], '/operation': ['get', 'getRisk', 'verify'] };
const references = {
  '/operation': ['get', 'getRisk', 'getVulnerabilities', 'verify'],
  '/imageBy': ['reference'],
};

/** The fields of the Options collection. */
export const IMAGE_OPTIONS: INodeProperties[] = [
  {
    displayName: 'Allow Last Known Digest',
    name: 'allowLastKnown',
    type: 'boolean',
    default: false,
    description:
      'Whether to return the digest of the inventory if DescribeImage has none, for example for a deleted tag',
    displayOptions: { show: { '/operation': ['get'], '/imageBy': ['reference'] } },
  },
  ...BATCHING_OPTIONS,
  {
    displayName: 'Instance ID',
    name: 'instanceId',
    type: 'string',
    default: '',
    placeholder: 'e.g. cri-3xk9v2m7q4wz8d1p',
    description: 'Registry instance of the image, for a reference that matches several images',
    displayOptions: { show: references },
  },
  {
    displayName: 'Region ID',
    name: 'regionId',
    type: 'string',
    default: '',
    placeholder: 'e.g. cn-hangzhou',
    description: 'Region of the image, for a reference that matches several images',
    displayOptions: { show: references },
  },
  {
    displayName: 'Repository ID',
    name: 'repoId',
    type: 'string',
    default: '',
    placeholder: 'e.g. crr-a1c7e9k2m4p6r8t0',
    description: 'Repository of the image, for a reference that matches several images',
    displayOptions: { show: references },
  },
  {
    displayName: 'Require Live Digest',
    name: 'requireLive',
    type: 'boolean',
    default: false,
    description: 'Whether to fail if DescribeImage has not confirmed the digest',
    displayOptions: { show: requirements },
  },
  {
    displayName: 'Require Scanned Digest',
    name: 'requireScanned',
    type: 'boolean',
    default: false,
    description: 'Whether to fail if no scan of this digest has finished',
    displayOptions: { show: requirements },
  },
];

/** Reads the options about the image. n8n removes the options that the operation does not show. */
export function readImageOptions(
  node: IExecuteFunctions,
  itemIndex: number,
  demands: DigestDemands | undefined,
): ResolveImageOptions {
  const options: IDataObject = node.getNodeParameter('options', itemIndex, {});
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  return {
    allowLastKnown: options['allowLastKnown'] === true,
    requireLive: demands?.requireLive ?? options['requireLive'] === true,
    requireScanned: demands?.requireScanned ?? options['requireScanned'] === true,
    regionId: text('regionId'),
    instanceId: text('instanceId'),
    repoId: text('repoId'),
  };
}
