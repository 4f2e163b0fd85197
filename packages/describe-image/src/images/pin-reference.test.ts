import { expect, it } from 'vitest';
import { parseImageReference } from './image-reference.ts';
import { pinReference } from './pin-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;

it.each([
  ['checkout:1.4.2', 'checkout'],
  ['registry.example:5000/shop/checkout', 'registry.example:5000/shop/checkout'],
  [`cri-1/shop/checkout:1@sha256:${'b'.repeat(64)}`, 'cri-1/shop/checkout'],
])('pins %s to a digest in place of its tag and its own digest', (reference, path) => {
  expect(pinReference(parseImageReference(reference), DIGEST)).toBe(`${path}@${DIGEST}`);
});
