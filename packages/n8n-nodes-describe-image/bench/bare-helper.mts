import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { IMAGE } from './contenders.mts';

const CREDENTIAL = 'describeImageAlibabaCloudRamApi';
const IN_FLIGHT = 16;

/** The lower bound for a node that uses n8n's request helper: 16 calls in flight, without parameters and without checks. */
export const BARE_HELPER: INodeType = {
  description: {
    displayName: 'Bare Helper',
    name: 'bareHelper',
    group: ['input'],
    version: 1,
    description: 'Bare Helper',
    defaults: { name: 'Bare Helper' },
    inputs: ['main'],
    outputs: ['main'],
    credentials: [{ name: CREDENTIAL, required: true }],
    properties: [],
  },
  async execute(this: IExecuteFunctions) {
    const items = this.getInputData();
    const data = await this.getCredentials(CREDENTIAL);
    const url = String(data['endpoint']);
    const responses: IDataObject[] = [];
    const call = (tag: unknown): Promise<IDataObject> => {
      const qs = {
        Action: 'DescribeImage',
        Version: '2018-12-03',
        ImageRegionId: IMAGE.regionId,
        ImageInstanceId: IMAGE.instanceId,
        ImageRepoId: IMAGE.repoId,
        ImageTag: String(tag),
      };
      return this.helpers.httpRequestWithAuthentication.call(
        this,
        CREDENTIAL,
        { method: 'POST', url, qs, disableFollowRedirect: true },
        { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data } },
      );
    };
    const remaining = items.entries();
    const worker = async (): Promise<void> => {
      for (const [index, { json }] of remaining) responses[index] = await call(json['tag']);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    return [responses.map((json, item) => ({ json, pairedItem: { item } }))];
  },
};
