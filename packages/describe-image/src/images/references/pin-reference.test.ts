import { expect, it } from 'vitest';
import { parseImageReference } from './image-reference.ts';
import { pinReference, repositoryName } from './pin-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const PUBLIC = 'acme.cn-hangzhou.cr.aliyuncs.com';
const IMAGE = {
  repoNamespace: 'shop',
  repoName: 'checkout',
  tag: '1.4.2',
  endpoints: [{ domains: [`acme-vpc.cn-hangzhou.cr.aliyuncs.com`, PUBLIC] }],
};

it.each([
  ['checkout:1.4.2', 'checkout:1.4.2'],
  ['checkout', 'checkout:latest'],
  ['registry.example:5000/shop/checkout:1', 'registry.example:5000/shop/checkout:1'],
  [`cri-1/shop/checkout:1@sha256:${'b'.repeat(64)}`, 'cri-1/shop/checkout:1'],
  [`shop/checkout@sha256:${'b'.repeat(64)}`, 'shop/checkout'],
])('pins %s with its tag and without its own digest', (reference, name) => {
  expect(pinReference({ reference: parseImageReference(reference) }, DIGEST)).toBe(`${name}@${DIGEST}`);
});

it.each([
  ['a reference without a registry', 'shop/checkout:1.4.2'],
  ['a reference without a namespace', 'checkout:1.4.2'],
  ['a reference with an instance id', 'cri-1/shop/checkout:1.4.2'],
])('adds the public registry of the row to %s', (_, text) => {
  const reference = parseImageReference(text);
  expect(pinReference({ reference, image: IMAGE }, DIGEST)).toBe(`${PUBLIC}/shop/checkout:1.4.2@${DIGEST}`);
});

it('keeps the registry of the reference', () => {
  const reference = parseImageReference('acme-vpc.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2');
  expect(pinReference({ reference, image: IMAGE }, DIGEST)).toBe(
    `acme-vpc.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2@${DIGEST}`,
  );
});

it('pins a row without a reference', () => {
  expect(pinReference({ image: IMAGE }, DIGEST)).toBe(`${PUBLIC}/shop/checkout:1.4.2@${DIGEST}`);
});

it('returns undefined for a row without a repository', () => {
  const image = { ...IMAGE, repoName: undefined };
  expect(pinReference({ image }, DIGEST)).toBeUndefined();
  expect(repositoryName(undefined, image)).toBeUndefined();
});
