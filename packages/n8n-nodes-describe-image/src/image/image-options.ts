import type { ResolveImageOptions } from '@describe-image/core/images';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { BATCHING_OPTIONS } from '../batching.ts';

const show = { '/operation': ['get', 'getRisk', 'verify'] };

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
    displayName: 'Require Live Digest',
    name: 'requireLive',
    type: 'boolean',
    default: false,
    description: 'Whether to fail if DescribeImage has not confirmed the digest',
    displayOptions: { show },
  },
  {
    displayName: 'Require Scanned Digest',
    name: 'requireScanned',
    type: 'boolean',
    default: false,
    description: 'Whether to fail if no scan of this digest has finished',
    displayOptions: { show },
  },
];

/** Reads the options about the digest. n8n removes the options that the operation does not show. */
export function readDigestOptions(
  node: IExecuteFunctions,
  itemIndex: number,
): Pick<ResolveImageOptions, 'allowLastKnown' | 'requireLive' | 'requireScanned'> {
  const options: IDataObject = node.getNodeParameter('options', itemIndex, {});
  return {
    allowLastKnown: options['allowLastKnown'] === true,
    requireLive: options['requireLive'] === true,
    requireScanned: options['requireScanned'] === true,
  };
}
