import { describe, expect, it } from 'vitest';
import { parseImage } from '../../operations/image.ts';
import type { ObservedDigests } from '../digests/digest-status.ts';
import { planLiveChecks } from './plan-live-checks.ts';

const row = (tag: string, fields: object = {}): ObservedDigests => ({
  image: parseImage({ RegionId: 'cn-hangzhou', InstanceId: 'cri-1', RepoId: 'crr-1', Tag: tag, ...fields }),
  live: 'not-asked',
});
const tags = (images: readonly ObservedDigests[]) => images.map(({ image }) => image?.tag).join('');

describe('planLiveChecks', () => {
  it('selects every tag in a later poll, also if tags are added and removed', () => {
    const images = [...'dbaec'].map((tag) => row(tag));
    const first = planLiveChecks(undefined, images, 2);
    expect(tags(first.images)).toBe('ab');
    const second = planLiveChecks(
      first,
      [...images, row('cc')].filter((_, index) => index !== 4),
      2,
    );
    expect(tags(second.images)).toBe('ccd');
    expect(tags(planLiveChecks(second, images, 2).images)).toBe('ea');
  });

  it('asks about all tags within the budget, from the start', () => {
    const { images, nextLive } = planLiveChecks({ nextLive: 'zzz' }, [row('b'), row('a')], 2);
    expect(tags(images)).toBe('ab');
    expect(nextLive).toBeUndefined();
  });

  it('skips rows that DescribeImage does not accept or was asked about', () => {
    const asked: ObservedDigests = { ...row('a'), live: 'no-digest' };
    expect(planLiveChecks(undefined, [row('b', { InstanceId: '390' }), asked], 9).images).toEqual([]);
  });
});
