import { expect, it } from 'vitest';
import { entityImagesSchema } from './image-report.ts';

const digest = `sha256:${'0f'.repeat(32)}`;
const image = {
  id: '7f',
  key: 'host/shop/web:1',
  instance: 'default',
  repository: 'host/shop/web',
  tag: '1',
  state: 'not-verified',
  live: { digest, source: 'DescribeImage', observedAt: '2026-11-24T03:04:05.000Z', requestId: 'A-1' },
  drift: 'unknown',
  fromCache: false,
};

it('accepts a report without the optional fields, and adds none', () => {
  const answer = { entityRef: 'component:default/web', images: [image], faults: [] };
  expect(entityImagesSchema.parse(answer)).toEqual(answer);
});

it.each([
  ['a shortened digest', { live: { ...image.live, digest: digest.slice(0, 20) } }],
  ['an unknown source', { live: { ...image.live, source: 'guess' } }],
  ['an unknown state', { state: 'green' }],
  ['a negative count', { risk: { state: 'risky', reason: 'found', vulnerabilities: -1 } }],
  ['an unknown risk state', { risk: { state: 'safe', reason: 'hope' } }],
  ['a console link that is not a URL', { consoleUrl: 'not a url' }],
])('rejects %s', (_, change) => {
  const answer = { entityRef: 'component:default/web', images: [{ ...image, ...change }], faults: [] };
  expect(entityImagesSchema.safeParse(answer).success).toBe(false);
});
