import { expect, test } from 'vitest';
import { entityImagesSchema } from './entity-images.ts';

const digest = `sha256:${'0f'.repeat(32)}`;
const image = {
  id: '7f',
  key: 'host/shop/web:1',
  instance: 'default',
  repository: 'host/shop/web',
  tag: '1',
  live: { digest, source: 'DescribeImage', observedAt: '2026-11-24T03:04:05.000Z', requestId: 'A-1' },
  drift: 'unknown',
  fromCache: false,
};

test('an answer with nothing but what the service said is complete: absent is absent', () => {
  const answer = { entityRef: 'component:default/web', images: [image], faults: [] };
  expect(entityImagesSchema.parse(answer)).toEqual(answer);
});

test.each([
  ['a digest cut short', { live: { ...image.live, digest: digest.slice(0, 20) } }],
  ['a source that is none', { live: { ...image.live, source: 'guess' } }],
  ['a negative count', { risk: { state: 'risky', reason: 'found', vulnerabilities: -1 } }],
  ['a risk state of its own', { risk: { state: 'safe', reason: 'hope' } }],
  ['a console link that is no URL', { consoleUrl: 'not a url' }],
])('%s is refused, not shown', (_, change) => {
  const answer = { entityRef: 'component:default/web', images: [{ ...image, ...change }], faults: [] };
  expect(entityImagesSchema.safeParse(answer).success).toBe(false);
});
