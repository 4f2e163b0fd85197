import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The operations that can be gates. */
export const GATED_OPERATIONS: readonly string[] = ['get', 'getRisk', 'verify'];

const gated = { '@version': [{ _cnd: { gte: 2 } }], operation: [...GATED_OPERATIONS] };
const active = { ...gated, gate: ['error', 'outputs'] };

const CONDITIONS = {
  mismatch: {
    name: 'Mismatch',
    value: 'mismatch',
    description: 'The tag has no digest, or another one than expected or than another source has',
  },
  risky: {
    name: 'Risky',
    value: 'risky',
    description: 'The image is not clean: the scan found risks, or there is no current result',
  },
  stale: {
    name: 'Stale',
    value: 'stale',
    description: 'The last scan is of another digest or of an earlier state, or its result is unknown',
  },
  unknown: {
    name: 'Unknown',
    value: 'unknown',
    description: 'The image was never scanned, the scan is in progress or failed, or a count is missing',
  },
} satisfies Record<string, INodePropertyOptions>;

/** The parameters that decide which items pass. */
export const GATE_PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Gate',
    name: 'gate',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Error', value: 'error', description: 'A blocked item is an error' },
      { name: 'None', value: 'none', description: 'All items pass' },
      {
        name: 'Pass and Block Outputs',
        value: 'outputs',
        description: 'The node has two outputs. A blocked item contains the reason.',
        displayOptions: { hide: { '@tool': [true] } },
      },
    ],
    default: 'none',
    description: 'Whether and how to stop images that do not meet the requirements',
    displayOptions: { show: gated },
  },
  {
    displayName: 'Require Live Answer',
    name: 'requireLive',
    type: 'boolean',
    default: true,
    description: 'Whether to block the item unless DescribeImage returned the digest',
    displayOptions: { show: active },
  },
  {
    displayName: 'Require Scan of This Digest',
    name: 'requireScanned',
    type: 'boolean',
    default: false,
    description:
      'Whether to block the item unless a scan of exactly this digest has finished since the image last changed',
    displayOptions: { show: active },
  },
  failWhen('get', ['mismatch', 'risky', 'stale', 'unknown'], []),
  failWhen('getRisk', ['risky', 'stale', 'unknown'], ['risky']),
  failWhen('verify', ['mismatch', 'risky', 'stale', 'unknown'], ['mismatch']),
];

function failWhen(
  operation: string,
  conditions: readonly (keyof typeof CONDITIONS)[],
  selected: string[],
): INodeProperties {
  return {
    displayName: 'Fail When',
    name: 'failWhen',
    type: 'multiOptions',
    options: conditions.map((condition) => CONDITIONS[condition]),
    default: selected,
    description: 'Conditions that block the item',
    displayOptions: { show: { ...active, operation: [operation] } },
  };
}
