import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import { expect, it } from 'vitest';
import { reportedFailure } from './failures.ts';
import type { KnownImage, KnownInventory, KnownSource } from './known-images.ts';

const at = new Date('2026-11-24T03:04:05Z');
const digest = `sha256:${'a'.repeat(64)}` as const;

function failed(kind: ImageFailure['kind']): KnownSource & { readonly failure: ImageFailure } {
  return { expiresAt: 0, failure: { kind, message: kind, remedy: '', observedAt: at.toISOString() } };
}
const inventoryWith = (found: typeof digest | undefined): KnownInventory => ({
  expiresAt: 0,
  absent: false,
  observation: { source: 'DescribeImageInstances', digest: found, observedAt: at },
});
const liveWith = (found: typeof digest | undefined): KnownSource => ({
  expiresAt: 0,
  observation: { source: 'DescribeImage', digest: found, observedAt: at },
});
const known = (inventory: KnownInventory, live?: KnownSource): KnownImage => ({
  version: 1,
  lookedUpAt: 0,
  inventory,
  ...(live && { live }),
});
const absent = { ...failed('not-found'), absent: true };

it.each([
  ['none when both sources have a digest', known(inventoryWith(digest), liveWith(digest)), undefined],
  ['none when only DescribeImage has the image', known(absent, liveWith(digest)), undefined],
  ['none when only the inventory has a digest', known(inventoryWith(digest), liveWith(undefined)), undefined],
  ['not-found when no source has the image', known(absent), 'not-found'],
  [
    'not-found when no source has a digest',
    known(inventoryWith(undefined), liveWith(undefined)),
    'not-found',
  ],
  [
    'the failure of the inventory when DescribeImage has a digest',
    known({ ...failed('throttled'), absent: false }, liveWith(digest)),
    'throttled',
  ],
  [
    'the failure of DescribeImage when the inventory has a digest',
    known(inventoryWith(digest), failed('permission')),
    'permission',
  ],
  [
    'the failure of DescribeImage when the inventory has no such image',
    known(absent, failed('unreachable')),
    'unreachable',
  ],
] as const)('reports %s', (_, image, kind) => {
  expect(reportedFailure(image)?.kind).toBe(kind);
});
