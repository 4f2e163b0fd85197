import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  CONTAINER_IMAGES_ANNOTATION,
  INSTANCE_ANNOTATION,
} from './annotations.ts';
import { parseImageAnnotations } from './parse-image-annotations.ts';

const HOST = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';
const DIGEST = `sha256:${'0f'.repeat(32)}`;

function entityWith(annotations: Record<string, unknown>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    // A catalog holds what people wrote, which the type does not admit.
    metadata: { name: 'checkout', annotations: annotations as Record<string, string> },
  };
}
const parse = (value: string) => parseImageAnnotations(entityWith({ [CONTAINER_IMAGES_ANNOTATION]: value }));
const parseIds = (value: string) =>
  parseImageAnnotations(entityWith({ [CONTAINER_IMAGE_IDS_ANNOTATION]: value }));

describe('references', () => {
  test('one a line or separated by commas, with spaces and empty items anywhere', () => {
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

  test('a label stands before =, a declared digest behind @; neither is part of the key', () => {
    const [image] = parse(`Web shop = ${HOST}/shop/web:1.0@${DIGEST}`).images;
    expect(image).toEqual({
      key: `${HOST}/shop/web:1.0`,
      target: `${HOST}/shop/web:1.0`,
      label: 'Web shop',
      declaredDigest: DIGEST,
      place: { annotation: CONTAINER_IMAGES_ANNOTATION, line: 1, column: 1 },
    });
  });

  test('a port is not taken for a tag', () => {
    expect(parse('registry.example:5000/shop/web').faults[0]?.message).toContain('names no tag');
    expect(parse('registry.example:5000/shop/web:1').images).toHaveLength(1);
  });

  test('a line that begins with # is a remark', () => {
    expect(parse(`# the shop\n${HOST}/shop/web:1.0`)).toMatchObject({ images: [{}], faults: [] });
  });
});

describe('ids', () => {
  test('region, instance, repository and tag are told apart', () => {
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

  test.each(['cri-3xk9/crr-a1c7:1', 'cn-hangzhou/cri-3xk9/crr-a1c7', 'a/b/c/d:1', 'cn-hangzhou//crr:1'])(
    '%s is refused with the form that is wanted',
    (text) => {
      expect(parseIds(text).faults[0]?.message).toContain('region/instance/repository:tag');
    },
  );
});

describe('faults', () => {
  test('name line and column, and leave the other images standing', () => {
    const { images, faults } = parse(`${HOST}/shop/web:1.0\n${HOST}/a:1,  ${HOST}/b:1@sha256:abc`);
    expect(images).toHaveLength(2);
    expect(faults).toEqual([
      {
        place: { annotation: CONTAINER_IMAGES_ANNOTATION, line: 2, column: `${HOST}/a:1,  `.length + 1 },
        text: `${HOST}/b:1@sha256:abc`,
        message: 'what follows @ must be sha256: and 64 lower-case hex digits',
      },
    ]);
  });

  test.each([
    ['https://host/shop/web:1', 'without https://'],
    ['host/shop/web :1', 'without spaces'],
    [`= ${HOST}/shop/web:1`, 'a label has 1 to 63 characters'],
    [`${'x'.repeat(64)} = ${HOST}/shop/web:1`, 'a label has 1 to 63 characters'],
    [`${HOST}/shop/web:1@${DIGEST.toUpperCase()}`, 'lower-case'],
    [`${HOST}/${'a/'.repeat(300)}web:1`, 'wanted host/namespace/repository:tag'],
  ])('%s: %s', (text, message) => {
    expect(parse(text)).toMatchObject({
      images: [],
      faults: [{ message: expect.stringContaining(message) }],
    });
  });

  test('an image is declared once, digest and label aside', () => {
    const { images, faults } = parse(`${HOST}/web:1\nagain = ${HOST}/web:1@${DIGEST}`);
    expect(images).toHaveLength(1);
    expect(faults[0]?.message).toContain('declared twice');
  });

  test('the hundred-and-first image is refused, so that one page stays one page', () => {
    const lines = Array.from({ length: 102 }, (_, index) => `${HOST}/web:${index}`).join('\n');
    const { images, faults } = parse(lines);
    expect([images.length, faults.length]).toEqual([100, 2]);
  });

  test('what is not text is no annotation', () => {
    expect(parseImageAnnotations(entityWith({ [CONTAINER_IMAGES_ANNOTATION]: 7 }))).toEqual({
      images: [],
      faults: [],
    });
  });
});

describe('instance', () => {
  test('is passed on by name', () => {
    expect(parseImageAnnotations(entityWith({ [INSTANCE_ANNOTATION]: ' production ' })).instance).toBe(
      'production',
    );
  });

  test('a name that is none leaves no image to ask for: they might be asked of the wrong account', () => {
    const annotations = { [INSTANCE_ANNOTATION]: 'a b', [CONTAINER_IMAGES_ANNOTATION]: `${HOST}/web:1` };
    const { images, faults } = parseImageAnnotations(entityWith(annotations));
    expect(images).toEqual([]);
    expect(faults[0]?.place.annotation).toBe(INSTANCE_ANNOTATION);
  });
});

describe('any text at all', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(HOST, '/shop/web', ':1.0', '@', DIGEST, 'sha256:', '=', ',', '\n', '\r\n', '#', ' '),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  test('is read without throwing, and each item ends as an image or as a fault at its place', () => {
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

  test('what was read is read alike when it is written again', () => {
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
