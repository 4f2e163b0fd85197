import { expect, it } from 'vitest';
import { callAnswering, inventory, inventoryRow as row } from '../../../test/service-call.ts';
import { findImage, locateImage } from './find-image.ts';
import { indexListing } from './index-listing.ts';
import { listImages } from './list-images.ts';

const ROWS = [
  row({}),
  row({ Tag: '2', Digest: 'b'.repeat(64) }),
  row({ Tag: '2', Digest: 'c'.repeat(64), ImageUpdate: '2000' }),
  row({ RepoName: 'web', RepoId: 'crr-2' }),
  row({ RepoName: 'web', RepoId: 'crr-3', InstanceId: 'cri-2' }),
];
const ids = (imageRepoId: string, imageTag: string) => ({
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-1',
  imageRepoId,
  imageTag,
});
/** The row that a look-up returns, or the code of its error. */
const outcome = async (look: () => unknown) => {
  try {
    const { image } = (await look()) as { image: unknown };
    return image;
  } catch (error) {
    const { code, candidates } = error as { code: string; candidates?: unknown[] };
    return [code, candidates?.length];
  }
};

it.each([
  'shop/api:1',
  'shop/api:2',
  'api:1',
  'shop/web:1',
  'shop/api:3',
  'shop/nothing:1',
  'NOT a reference',
])('returns for %s the same as a request to the inventory', async (reference) => {
  const { call } = callAnswering(inventory(ROWS));
  const index = indexListing(await listImages(call).all());
  expect(await outcome(() => index.locate(reference))).toEqual(
    await outcome(() => locateImage(call, reference)),
  );
});

it.each([ids('crr-1', '1'), ids('crr-1', '2'), ids('crr-3', '1'), ids('crr-9', '1')])(
  'returns for the ids %o the same as a request to the inventory',
  async (wanted) => {
    const { call } = callAnswering(inventory(ROWS));
    const index = indexListing(await listImages(call).all());
    expect(await outcome(() => index.find(wanted))).toEqual(await outcome(() => findImage(call, wanted)));
  },
);

it('sends no requests', async () => {
  const { call, asked } = callAnswering(inventory(ROWS));
  const index = indexListing(await listImages(call).all());
  const before = asked.length;
  for (let look = 0; look < 100; look++) index.locate('shop/api:1');
  expect(asked.length).toBe(before);
});
