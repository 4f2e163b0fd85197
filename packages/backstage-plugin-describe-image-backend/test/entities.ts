import { createHash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  INSTANCE_ANNOTATION,
} from '@describe-image/backstage-plugin-describe-image-common';

export const HOST = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';
export const CHECKOUT = `${HOST}/shop/checkout:1.4.2`;
export const NIGHTLY = `${HOST}/platform/base-node:nightly`;
export const CHECKOUT_IDS = 'cn-hangzhou/cri-3xk9v2m7q4wz8d1p/crr-a1c7e9k2m4p6r8t0:1.4.2';

/** The digest of an image in the emulator's demo data. */
export function demoDigest(name: string): string {
  return `sha256:${createHash('sha256').update(`demo image ${name}`).digest('hex')}`;
}

export interface ComponentOptions {
  readonly images?: readonly string[];
  readonly ids?: readonly string[];
  readonly instance?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, string>>;
}

/** A component that declares images. */
export function component(
  name: string,
  { images, ids, instance, annotations, spec }: ComponentOptions = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        ...(images && { [CONTAINER_IMAGES_ANNOTATION]: images.join('\n') }),
        ...(ids && { [CONTAINER_IMAGE_IDS_ANNOTATION]: ids.join('\n') }),
        ...(instance !== undefined && { [INSTANCE_ANNOTATION]: instance }),
        ...annotations,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-shop', ...spec },
  };
}

/** A group with a display name. */
export function group(
  name: string,
  displayName: string,
  annotations: Readonly<Record<string, string>> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', annotations: { ...annotations } },
    spec: { type: 'team', profile: { displayName }, children: [] },
  };
}

/** The path of the routes for a component's images. */
export function pathOf(name: string): string {
  return `/entities/component/default/${name}/images`;
}
