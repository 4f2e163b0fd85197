import { expect, it } from 'vitest';
import { callAnswering, inventory, inventoryRow as row } from '../../../test/service-call.ts';
import { listTags } from './list-tags.ts';

const IDS = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '9' };

it.each([
  ['a reference', 'shop/api:9'],
  ['four ids', IDS],
])('lists all tags of the repository of %s, also if its own tag is in no row', async (_, target) => {
  const rows = [row({}), row({ Tag: '2' }), row({ RepoName: 'api-gateway', RepoId: 'crr-12' })];
  const { call, asked } = callAnswering(inventory(rows));
  const { images, listing } = await listTags(call, target);
  expect(images.map(({ tag }) => tag)).toEqual(['1', '2']);
  expect(listing.requestIds).toEqual(['R1']);
  expect(asked[0]?.parameters['Criteria']).not.toContain('"tag"');
});

it('keeps the newest row of a tag that was moved', async () => {
  const moved = row({ Digest: 'b'.repeat(64), ImageUpdate: '2000' });
  const { call } = callAnswering(inventory([row({}), moved]));
  const { images } = await listTags(call, 'shop/api:1');
  expect(images.map(({ digest }) => digest)).toEqual([`sha256:${'b'.repeat(64)}`]);
});

it('throws Ambiguous for two repositories with one name', async () => {
  const { call } = callAnswering(inventory([row({}), row({ InstanceId: 'cri-2', RepoId: 'crr-2' })]));
  await expect(listTags(call, 'shop/api:1')).rejects.toMatchObject({ code: 'Ambiguous', requestId: 'R1' });
});

it('throws NotFound for a repository that is not in the inventory', async () => {
  const { call } = callAnswering(inventory([row({ RepoId: 'crr-12' })]));
  await expect(listTags(call, IDS)).rejects.toMatchObject({ code: 'NotFound', requestId: 'R1' });
});
