import type { Entity } from '@backstage/catalog-model';
import { component, HOST } from '../test/entities.ts';

/** One entity for each state and failure that a card can show. */
export const examples: Entity[] = [
  component('checkout', { images: [`web = ${HOST}/shop/checkout:1.4.2`, `${HOST}/shop/checkout:latest`] }),
  component('drifting', { images: [`${HOST}/platform/base-node:nightly`] }),
  component('stale', { images: [`${HOST}/platform/base-node:24-slim`] }),
  component('risky', { images: [`${HOST}/shop/storefront:2.9.0`] }),
  component('scanning', { images: [`${HOST}/shop/storefront:3.0.0-rc.1`] }),
  component('scan-failed', { images: [`${HOST}/shop/payments:0.8.0`, `${HOST}/shop/payments:0.8.1`] }),
  component('unscanned', { images: [`${HOST}/shop/payments:0.9.0`] }),
  component('by-ids', { ids: ['cn-hangzhou/cri-3xk9v2m7q4wz8d1p/crr-a1c7e9k2m4p6r8t0:1.4.2'] }),
  component('declared-other-digest', { images: [`${HOST}/shop/checkout:1.4.2@sha256:${'0'.repeat(64)}`] }),
  component('other-registry', { images: ['harbor.acme.example/library/nginx:1.27.3'] }),
  component('not-found', { images: [`${HOST}/shop/gone:1.0`] }),
  component('ambiguous', { images: ['shop/checkout:1.4.1'] }),
  component('invalid-annotation', { images: [`${HOST}/shop/checkout`, 'https://not.a.reference'] }),
  component('list-only', { images: [`${HOST}/shop/checkout:1.4.2`], instance: 'list-only' }),
  component('denied', { images: [`${HOST}/shop/checkout:1.4.2`], instance: 'denied' }),
  component('disabled', { images: [`${HOST}/shop/checkout:1.4.2`], instance: 'disabled' }),
  component('unreachable', { images: [`${HOST}/shop/checkout:1.4.2`], instance: 'unreachable' }),
  component('unknown-instance', { images: [`${HOST}/shop/checkout:1.4.2`], instance: 'not-configured' }),
];
