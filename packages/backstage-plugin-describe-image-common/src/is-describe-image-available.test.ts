import { expect, test } from 'vitest';
import { isDescribeImageAvailable } from './is-describe-image-available.ts';

const entity = (annotations?: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', ...(annotations === undefined ? {} : { annotations }) },
});

test.each([
  ['no annotations', undefined, false],
  ['others only', { 'backstage.io/techdocs-ref': 'dir:.' }, false],
  ['references', { 'alibabacloud.com/container-images': 'host/web:1' }, true],
  ['ids', { 'alibabacloud.com/container-image-ids': 'cn-hangzhou/cri-1/crr-1:1' }, true],
  ['an unreadable list, whose fault must be shown', { 'alibabacloud.com/container-images': '???' }, true],
])('%s', (_, annotations, available) => {
  expect(isDescribeImageAvailable(entity(annotations))).toBe(available);
});
