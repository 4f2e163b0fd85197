import { describe, expect, it } from 'vitest';
import { parseImage } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import {
  type DigestState,
  digestStatus,
  type LiveGap,
  type Observation,
  unmetDemand,
} from './digest-status.ts';

const A = `sha256:${'a'.repeat(64)}` as const;
const B = `sha256:${'b'.repeat(64)}` as const;
const AT = new Date('2026-05-01');

const inventory = (digest: ImageDigest | undefined): Observation => ({
  source: 'DescribeImageInstances',
  digest,
  observedAt: AT,
});
const live = (digest: ImageDigest | undefined): Observation => ({
  source: 'DescribeImage',
  digest,
  observedAt: AT,
});

type Case = readonly [
  live: Observation | LiveGap,
  inventory: Observation | undefined,
  state: DigestState,
  digest: ImageDigest | undefined,
  lastKnown: ImageDigest | undefined,
  withLastKnown: ImageDigest | undefined,
];

describe('digestStatus', () => {
  it.each<Case>([
    [live(A), inventory(A), 'live', A, undefined, A],
    [live(A), inventory(B), 'live', A, undefined, A],
    [live(A), inventory(undefined), 'live', A, undefined, A],
    [live(A), undefined, 'live', A, undefined, A],
    [live(undefined), inventory(A), 'missing', undefined, A, A],
    [live(undefined), inventory(undefined), 'missing', undefined, undefined, undefined],
    [live(undefined), undefined, 'missing', undefined, undefined, undefined],
    ['ids-not-of-container-registry', inventory(A), 'last-known', A, A, A],
    ['ids-not-of-container-registry', inventory(undefined), 'unknown', undefined, undefined, undefined],
    ['ids-not-of-container-registry', undefined, 'unknown', undefined, undefined, undefined],
    ['reference-names-no-tag', inventory(A), 'last-known', A, A, A],
    ['not-asked', inventory(A), 'last-known', A, A, A],
    ['failed', inventory(A), 'unknown', undefined, A, A],
    ['failed', undefined, 'unknown', undefined, undefined, undefined],
  ])(
    'decides for live %j and inventory %j: %s',
    (live, inventory, state, digest, lastKnown, withLastKnown) => {
      const status = digestStatus({ live, inventory });
      expect(status).toMatchObject({ state, digest, scannedDigest: inventory?.digest });
      expect(status.lastKnown?.digest).toBe(lastKnown);
      expect(digestStatus({ live, inventory }, { allowLastKnown: true }).digest).toBe(withLastKnown);
    },
  );

  it('returns the check of DescribeImage and the observation of the digest', () => {
    expect(digestStatus({ live: live(A), inventory: inventory(B) })).toMatchObject({
      liveCheck: 'answered',
      observation: { source: 'DescribeImage', digest: A },
    });
    expect(digestStatus({ live: live(undefined) }).liveCheck).toBe('no-digest');
    expect(digestStatus({ live: 'failed' }).liveCheck).toBe('failed');
  });
});

describe('unmetDemand', () => {
  const SCANNED = { Digest: A, ScaStatus: 'SUCCESS', LastScanTime: 2_000, ImageUpdate: '1000' };
  const row = (fields: object) => parseImage({ ...SCANNED, ...fields });

  it.each([
    ['live', live(A), undefined],
    ['missing', live(undefined), 'requireLive'],
    ['of another registry', 'ids-not-of-container-registry' as const, 'requireLive'],
    ['not checked', 'failed' as const, 'requireLive'],
  ])('requires a live digest: %s', (_, live, demand) => {
    const status = digestStatus({ live, inventory: inventory(A) }, { allowLastKnown: true });
    expect(unmetDemand(status, { requireLive: true })?.demand).toBe(demand);
    expect(unmetDemand(status, {})).toBeUndefined();
  });

  it.each([
    ['a finished scan of the digest', live(A), {}, undefined],
    ['a scan with findings', live(A), { VulCount: 3 }, undefined],
    ['a scan of another digest', live(B), {}, 'requireScanned'],
    ['a scan of an unknown digest', live(A), { Digest: undefined }, 'requireScanned'],
    ['a scan before the last change', live(A), { ImageUpdate: '3000' }, 'requireScanned'],
    ['a scan in progress', live(A), { ScaStatus: 'CVE_ANALYZER' }, 'requireScanned'],
    ['a failed scan', live(A), { ScaStatus: 'FAIL' }, 'requireScanned'],
    ['no scan', live(A), { ScaStatus: undefined, LastScanTime: undefined }, 'requireScanned'],
    ['a scan of a tag that is not live', live(undefined), {}, 'requireScanned'],
    ['a scan of a last known digest', 'ids-not-of-container-registry' as const, {}, undefined],
  ])('requires a scan: %s', (_, live, fields, demand) => {
    const image = row(fields);
    const status = digestStatus({ live, inventory: inventory(image.digest), image });
    expect(unmetDemand(status, { requireScanned: true })?.demand).toBe(demand);
  });

  it('does not accept a digest without an inventory row as scanned', () => {
    expect(unmetDemand(digestStatus({ live: live(A) }), { requireScanned: true })?.demand).toBe(
      'requireScanned',
    );
  });
});
