import { expect, it } from 'vitest';
import { isDescribeImageAvailable } from './annotations.ts';

const entity = (annotations?: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', ...(annotations === undefined ? {} : { annotations }) },
});

it.each([
  [false, 'without annotations', undefined],
  [false, 'with other annotations only', { 'backstage.io/techdocs-ref': 'dir:.' }],
  [true, 'with references', { 'alibabacloud.com/container-images': 'host/web:1' }],
  [true, 'with ids', { 'alibabacloud.com/container-image-ids': 'cn-hangzhou/cri-1/crr-1:1' }],
  // The page must show the fault.
  [true, 'with an invalid list', { 'alibabacloud.com/container-images': '???' }],
])('returns %s for an entity %s', (available, _, annotations) => {
  expect(isDescribeImageAvailable(entity(annotations))).toBe(available);
});
