import type { IDataObject } from 'n8n-workflow';

/** The repository that all contenders use. The tag comes from the input item. */
export const IMAGE = {
  regionId: 'cn-hangzhou',
  instanceId: 'cri-0000000000000001',
  repoId: 'crr-0000000000000001',
} as const;

export type ContenderName = 'ours' | 'ours-at-once' | 'bare-helper' | 'http-looped' | 'http-batched' | 'http';

/** A node with its parameters. */
export interface Contender {
  readonly label: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly parameters: (endpoint: string) => IDataObject;
  /** Batch size of a Loop Over Items node around it. */
  readonly loopOver?: number;
  /** Reads the digest from an output item. */
  readonly digestOf: (json: IDataObject) => unknown;
}

const TAG = '={{ $json.tag }}';

export const CONTENDERS: Readonly<Record<ContenderName, Contender>> = {
  ours: describeImage('Describe Image, concurrency 16', 16),
  'ours-at-once': describeImage('Describe Image, concurrency 1,000', 1_000),
  'bare-helper': {
    label: 'n8n’s request helper, 16 in flight',
    type: 'bench.bareHelper',
    typeVersion: 1,
    parameters: () => ({}),
    digestOf: digestOfResponse,
  },
  // HTTP Request has no concurrency option. A workflow limits it with Loop Over Items.
  'http-looped': { ...httpRequest('HTTP Request in Loop Over Items of 16', {}), loopOver: 16 },
  // The batch size needs an interval, and 1 ms is the shortest. A batch does not wait for the responses of the previous one.
  'http-batched': httpRequest('HTTP Request, batches of 16, 1 ms apart', {
    batching: { batch: { batchSize: 16, batchInterval: 1 } },
  }),
  http: httpRequest('HTTP Request, all at once', {}),
};

export const CONTENDER_NAMES: readonly ContenderName[] = [
  'ours',
  'ours-at-once',
  'bare-helper',
  'http-looped',
  'http-batched',
  'http',
];

export function isContenderName(name: unknown): name is ContenderName {
  return typeof name === 'string' && Object.hasOwn(CONTENDERS, name);
}

function describeImage(label: string, concurrency: number): Contender {
  return {
    label,
    type: '@describe-image/n8n-nodes-describe-image.describeImage',
    typeVersion: 1,
    parameters: () => ({
      resource: 'image',
      operation: 'get',
      imageBy: 'ids',
      ...Object.fromEntries(
        Object.entries({ ...IMAGE, tag: TAG }).map(([name, value]) => [
          name,
          { __rl: true, mode: 'id', value },
        ]),
      ),
      options: { concurrency },
    }),
    digestOf: ({ digest }) => digest,
  };
}

function httpRequest(label: string, options: IDataObject): Contender {
  return {
    label,
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.5,
    parameters: (endpoint) => ({
      method: 'POST',
      url: endpoint,
      authentication: 'predefinedCredentialType',
      nodeCredentialType: 'describeImageAlibabaCloudRamApi',
      sendQuery: true,
      queryParameters: {
        parameters: [
          { name: 'Action', value: 'DescribeImage' },
          { name: 'Version', value: '2018-12-03' },
          { name: 'ImageRegionId', value: IMAGE.regionId },
          { name: 'ImageInstanceId', value: IMAGE.instanceId },
          { name: 'ImageRepoId', value: IMAGE.repoId },
          { name: 'ImageTag', value: TAG },
        ],
      },
      options,
    }),
    digestOf: digestOfResponse,
  };
}

function digestOfResponse({ Data: data }: IDataObject): unknown {
  return typeof data === 'object' && data !== null && 'Digest' in data
    ? `sha256:${data['Digest']}`
    : undefined;
}
