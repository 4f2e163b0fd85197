import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  INSTANCE_ANNOTATION,
  NOTIFICATIONS_ANNOTATION,
} from './annotations.ts';
import { parseImageAnnotations } from './parse-image-annotations.ts';

const HOST = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';
const DIGEST = `sha256:${'0f'.repeat(32)}`;

function entityWith(annotations: Record<string, unknown>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    // The catalog can contain other values than the type allows.
    metadata: { name: 'checkout', annotations: annotations as Record<string, string> },
  };
}
const parse = (value: string) => parseImageAnnotations(entityWith({ [CONTAINER_IMAGES_ANNOTATION]: value }));
const parseIds = (value: string) =>
  parseImageAnnotations(entityWith({ [CONTAINER_IMAGE_IDS_ANNOTATION]: value }));

describe('parseImageAnnotations for references', () => {
  it('splits at lines and commas, and skips spaces and empty items', () => {
    const { images, faults } = parse(
      `${HOST}/shop/web:1.0\n\n  ${HOST}/shop/api:2.0 ,, ${HOST}/shop/job:3\r\n`,
    );
    expect(images.map(({ key }) => key)).toEqual([
      `${HOST}/shop/web:1.0`,
      `${HOST}/shop/api:2.0`,
      `${HOST}/shop/job:3`,
    ]);
    expect(faults).toEqual([]);
  });

  it('reads the label before = and the digest after @, and leaves both out of the key', () => {
    const [image] = parse(`Web shop = ${HOST}/shop/web:1.0@${DIGEST}`).images;
    expect(image).toEqual({
      key: `${HOST}/shop/web:1.0`,
      target: `${HOST}/shop/web:1.0`,
      label: 'Web shop',
      declaredDigest: DIGEST,
      place: { annotation: CONTAINER_IMAGES_ANNOTATION, line: 1, column: 1 },
    });
  });

  it('does not read a port as a tag', () => {
    expect(parse('registry.example:5000/shop/web').faults[0]?.message).toContain('has no tag');
    expect(parse('registry.example:5000/shop/web:1').images).toHaveLength(1);
  });

  it('skips lines that start with #', () => {
    expect(parse(`# the shop\n${HOST}/shop/web:1.0`)).toMatchObject({ images: [{}], faults: [] });
  });
});

describe('parseImageAnnotations for ids', () => {
  it('reads region, instance, repository and tag', () => {
    const [image] = parseIds(`cn-hangzhou/cri-3xk9/crr-a1c7:1.4.2@${DIGEST}`).images;
    expect(image).toMatchObject({
      key: 'cn-hangzhou/cri-3xk9/crr-a1c7:1.4.2',
      target: {
        imageRegionId: 'cn-hangzhou',
        imageInstanceId: 'cri-3xk9',
        imageRepoId: 'crr-a1c7',
        imageTag: '1.4.2',
      },
      declaredDigest: DIGEST,
    });
  });

  it.each(['cri-3xk9/crr-a1c7:1', 'cn-hangzhou/cri-3xk9/crr-a1c7', 'a/b/c/d:1', 'cn-hangzhou//crr:1'])(
    'rejects %s and names the expected format',
    (text) => {
      expect(parseIds(text).faults[0]?.message).toContain('region/instance/repository:tag');
    },
  );
});

describe('parseImageAnnotations for faults', () => {
  it('returns line and column of each fault, and keeps the other images', () => {
    const { images, faults } = parse(`${HOST}/shop/web:1.0\n${HOST}/a:1,  ${HOST}/b:1@sha256:abc`);
    expect(images).toHaveLength(2);
    expect(faults).toEqual([
      {
        place: { annotation: CONTAINER_IMAGES_ANNOTATION, line: 2, column: `${HOST}/a:1,  `.length + 1 },
        text: `${HOST}/b:1@sha256:abc`,
        code: 'digest',
        message: 'expected sha256: and 64 lower-case hex digits after @',
      },
    ]);
  });

  it.each([
    ['a URL', 'https://host/shop/web:1', 'without https://'],
    ['a space', 'host/shop/web :1', 'without spaces'],
    ['an empty label', `= ${HOST}/shop/web:1`, 'expected a label of 1 to 63 characters'],
    ['a label of 64 characters', `${'x'.repeat(64)} = ${HOST}/shop/web:1`, 'expected a label of 1 to 63'],
    ['an upper-case digest', `${HOST}/shop/web:1@${DIGEST.toUpperCase()}`, 'lower-case'],
    ['a long reference', `${HOST}/${'a/'.repeat(300)}web:1`, 'expected host/namespace/repository:tag'],
  ])('rejects %s with a remedy', (_, text, message) => {
    expect(parse(text)).toMatchObject({
      images: [],
      faults: [{ message: expect.stringContaining(message) }],
    });
  });

  it('rejects a second declaration of an image, whatever its label and digest', () => {
    const { images, faults } = parse(`${HOST}/web:1\nagain = ${HOST}/web:1@${DIGEST}`);
    expect(images).toHaveLength(1);
    expect(faults[0]?.message).toContain('declared twice');
  });

  it('rejects images after the hundredth', () => {
    const lines = Array.from({ length: 102 }, (_, index) => `${HOST}/web:${index}`).join('\n');
    const { images, faults } = parse(lines);
    expect([images.length, faults.length]).toEqual([100, 2]);
  });

  it('ignores an annotation that is not a string', () => {
    expect(parseImageAnnotations(entityWith({ [CONTAINER_IMAGES_ANNOTATION]: 7 }))).toEqual({
      images: [],
      faults: [],
    });
  });
});

describe('parseImageAnnotations for an instance', () => {
  it('returns the name without spaces', () => {
    expect(parseImageAnnotations(entityWith({ [INSTANCE_ANNOTATION]: ' production ' })).instance).toBe(
      'production',
    );
  });

  it('returns no images for an invalid name, because they could be requested from the wrong account', () => {
    const annotations = { [INSTANCE_ANNOTATION]: 'a b', [CONTAINER_IMAGES_ANNOTATION]: `${HOST}/web:1` };
    const { images, faults } = parseImageAnnotations(entityWith(annotations));
    expect(images).toEqual([]);
    expect(faults[0]?.place.annotation).toBe(INSTANCE_ANNOTATION);
  });
});

describe('parseImageAnnotations for any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(HOST, '/shop/web', ':1.0', '@', DIGEST, 'sha256:', '=', ',', '\n', '\r\n', '#', ' '),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  it('returns one image or one fault for each item, with its place', () => {
    fc.assert(
      fc.property(text, (value) => {
        const { images, faults } = parse(value);
        const lines = value.split(/\r\n|\r|\n/);
        for (const { place } of [...images, ...faults]) {
          const rest = lines[place.line - 1]?.slice(place.column - 1);
          expect(rest?.trimStart()).toBe(rest);
          expect(rest).not.toBe('');
        }
        const items = lines
          .filter((line) => !line.trimStart().startsWith('#'))
          .flatMap((line) => line.split(','))
          .filter((item) => item.trim() !== '');
        expect(images.length + faults.length).toBe(items.length);
      }),
      { seed: 20_261_124, numRuns: 2_000 },
    );
  });

  it('returns the same images when they are written and parsed again', () => {
    fc.assert(
      fc.property(text, (value) => {
        const { images } = parse(value);
        const written = images
          .map(
            ({ label, key, declaredDigest }) =>
              `${label === undefined ? '' : `${label} = `}${key}${declaredDigest === undefined ? '' : `@${declaredDigest}`}`,
          )
          .join('\n');
        const withoutPlace = (list: typeof images) => list.map(({ place: _, ...image }) => image);
        expect(withoutPlace(parse(written).images)).toEqual(withoutPlace(images));
      }),
      { seed: 20_261_124, numRuns: 2_000 },
    );
  });
});

describe('parseImageAnnotations for notifications', () => {
  it.each(['all', 'releases', 'none'])('reads %s', (value) => {
    expect(parseImageAnnotations(entityWith({ [NOTIFICATIONS_ANNOTATION]: ` ${value} ` }))).toEqual({
      notifications: value,
      images: [],
      faults: [],
    });
  });

  it('returns a fault for another value, and keeps the images', () => {
    const { images, notifications, faults } = parseImageAnnotations(
      entityWith({ [CONTAINER_IMAGES_ANNOTATION]: 'shop/web:1', [NOTIFICATIONS_ANNOTATION]: 'off' }),
    );
    expect(images).toHaveLength(1);
    expect(notifications).toBeUndefined();
    expect(faults).toMatchObject([{ text: 'off', place: { annotation: NOTIFICATIONS_ANNOTATION } }]);
  });
});
