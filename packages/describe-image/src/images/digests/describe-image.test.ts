import { expect, it } from 'vitest';
import { callAnswering, service } from '../../../test/service-call.ts';
import { describableIds, describeImage } from './describe-image.ts';

const IDS = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.0' };
const ROW = { regionId: 'cn-hangzhou', instanceId: 'cri-1', repoId: 'crr-1', tag: '1.0' };

it('labels the digest with the ids that were sent, although the caller changes the object meanwhile', async () => {
  const { call } = callAnswering(service([], { '1.0': 'a'.repeat(64), '2.0': 'b'.repeat(64) }));
  const ids = { ...IDS };
  const described = describeImage(call, ids);
  ids.imageTag = '2.0';
  expect(await described).toMatchObject({ ...IDS, digest: `sha256:${'a'.repeat(64)}` });
});

it('returns the ids of a row of Container Registry', () => {
  expect(describableIds(ROW)).toEqual(IDS);
});

it.each([
  { instanceId: '39010' },
  { repoId: 'f2b86d20' },
  { regionId: undefined },
  { tag: undefined },
  { tag: '' },
])('returns no ids for a row with %j', (fields) => {
  expect(describableIds({ ...ROW, ...fields })).toBeUndefined();
});
