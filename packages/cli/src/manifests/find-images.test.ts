import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoundImage, withDigests } from './found-image.ts';
import { findImages } from './manifest-files.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const pin = async (path: string, text: string, digest: string | undefined = DIGEST) =>
  withDigests(text, (await findImages(path, text)).images, () => digest);
const references = async (path: string, text: string) =>
  (await findImages(path, text)).images.map(({ reference, digest }) =>
    digest === undefined ? reference : `${reference}@${digest.slice(0, 8)}`,
  );

describe('Kubernetes', () => {
  it('finds the containers of all workloads, init and ephemeral ones, lists and custom kinds', async () => {
    const container = (image: string) => `[{name: x, image: ${image}}]`;
    const text = [
      `{apiVersion: v1, kind: Pod, spec: {initContainers: ${container('a:1')}, containers: ${container('b:1')}, ephemeralContainers: ${container('c:1')}}}`,
      `{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: ${container('d:1')}}}}}`,
      `{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {containers: ${container('e:1')}}}}}}}`,
      `{apiVersion: v1, kind: PodTemplate, template: {spec: {containers: ${container('f:1')}}}}`,
      `{apiVersion: v1, kind: List, items: [{kind: Pod, apiVersion: v1, spec: {containers: ${container('g:1')}}}]}`,
      `{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {template: {spec: {containers: ${container('h:1')}}}}}`,
      '{apiVersion: v1, kind: ConfigMap, data: {image: "not:1"}}',
    ].join('\n---\n');
    expect(await references('all.yaml', text)).toEqual([...'abcdefgh'].map((name) => `${name}:1`));
  });

  it('pins quoted, plain, anchored and merged images and keeps every other byte', async () => {
    const text = [
      '# comment\r\napiVersion: v1\r\nkind: Pod\r\nspec:\r\n',
      '  containers:\r\n',
      '    - &base\r\n      image:   "shop/a:1.10"   # keep\r\n      name: a\r\n',
      "    - { name: b, image: 'shop/b:2' }\r\n",
      '    - image: &img shop/c:3 # anchored\r\n    - image: *img\r\n',
      '    - <<: *base\r\n      name: merged\r\n...\r\n',
    ].join('');
    const pinned = await pin('pod.yaml', text);
    expect(pinned).toBe(
      text
        .replace('shop/a:1.10', `shop/a:1.10@${DIGEST}`)
        .replace('shop/b:2', `shop/b:2@${DIGEST}`)
        .replace('shop/c:3', `shop/c:3@${DIGEST}`),
    );
    expect(await pin('pod.yaml', pinned, OTHER)).toBe(pinned.replaceAll(DIGEST, OTHER));
  });

  it('skips block scalars, escapes, variables and files that are not YAML, with place and reason', async () => {
    const text =
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: >-\n      a:1\n  - image: "a\\u003a1"\n  - image: $IMAGE\n';
    expect((await findImages('pod.yaml', text)).skipped).toEqual([
      { text: 'a:1', place: { line: 5, column: 12 }, reason: 'is a block scalar, or contains escapes' },
      {
        text: expect.any(String),
        place: { line: 7, column: 12 },
        reason: 'is a block scalar, or contains escapes',
      },
      { text: '$IMAGE', place: { line: 8, column: 12 }, reason: 'contains a variable' },
    ]);
    const template = 'apiVersion: v1\nkind: Pod\nspec:\n  {{- toYaml .Values }}\n';
    expect((await findImages('pod.yaml', template)).skipped[0]?.reason).toMatch(/^not YAML/);
  });
});

it.each<[string, string, string, readonly string[], string]>([
  [
    'the tag of a Kustomize override',
    'kustomization.yaml',
    'images:\n- name: app\n  newName: r.example/shop/app\n  newTag: "1.10"\n- name: other\n',
    ['r.example/shop/app:1.10'],
    'images:\n- name: app\n  newName: r.example/shop/app\n  newTag: "1.10@D"\n- name: other\n',
  ],
  [
    'the digest of a Kustomize override that has one',
    'kustomization.yaml',
    `images:\n- name: r.example/app\n  newTag: 1.10\n  digest: ${OTHER}\n`,
    ['r.example/app:1.10@sha256:b'],
    'images:\n- name: r.example/app\n  newTag: 1.10\n  digest: D\n',
  ],
  [
    'the tag of Helm values',
    'values-prod.yaml',
    'image:\n  registry: r.example\n  repository: shop/app\n  tag: 1.10\nsidecar:\n  image: r.example/shop/side:2\nlogo:\n  image: logo\n',
    ['r.example/shop/app:1.10', 'r.example/shop/side:2'],
    'image:\n  registry: r.example\n  repository: shop/app\n  tag: 1.10@D\nsidecar:\n  image: r.example/shop/side:2@D\nlogo:\n  image: logo\n',
  ],
  [
    'the quoted digest of Helm values',
    'values.yaml',
    'image: {repository: shop/app, tag: "1", digest: ""}\n',
    ['shop/app:1'],
    'image: {repository: shop/app, tag: "1", digest: "D"}\n',
  ],
  [
    'the services of Compose',
    'compose.yaml',
    'x-base: &base\n  image: shop/base:1\nservices:\n  web:\n    <<: *base\n  db:\n    image: shop/db:2\n  built:\n    build: .\n',
    ['shop/base:1', 'shop/db:2'],
    'x-base: &base\n  image: shop/base:1@D\nservices:\n  web:\n    <<: *base\n  db:\n    image: shop/db:2@D\n  built:\n    build: .\n',
  ],
  [
    'FROM and COPY --from of a Dockerfile',
    'Dockerfile',
    'ARG V=1\nFROM --platform=linux/amd64 r.example/node:24 AS build\nRUN psql <<SQL\nFROM users\nSQL\nRUN select \\\n  # why\n  FROM table\nFROM build AS next\nCOPY --from=build /a /b\nCOPY --from=0 /a /b\nCOPY --chown=1 --from=r.example/tools:3 /a /b\nFROM scratch\n',
    ['r.example/node:24', 'r.example/tools:3'],
    'ARG V=1\nFROM --platform=linux/amd64 r.example/node:24@D AS build\nRUN psql <<SQL\nFROM users\nSQL\nRUN select \\\n  # why\n  FROM table\nFROM build AS next\nCOPY --from=build /a /b\nCOPY --from=0 /a /b\nCOPY --chown=1 --from=r.example/tools:3@D /a /b\nFROM scratch\n',
  ],
])('pins %s', async (_, path, text, found, pinned) => {
  expect(await references(path, text)).toEqual(found);
  expect(await pin(path, text)).toBe(
    pinned.replaceAll('@D', `@${DIGEST}`).replaceAll(/(digest: "?)D/g, `$1${DIGEST}`),
  );
});

/** A file with these references, in one of the shapes that the formats allow. */
const name = fc.constantFrom(
  'shop/app',
  'r.example:5000/shop/app',
  'registry.cn-hangzhou.aliyuncs.com/a/b-c',
);
const tag = fc.constantFrom('1', '1.10', 'v2', 'latest', '2024-01-01', '0x1f', '1e3');
const newline = fc.constantFrom('\n', '\r\n');
const comment = fc.constantFrom('', ' # image: x:1', '   #', '\t');
const quote = fc.constantFrom('', '"', "'");
const scalar = fc
  .tuple(name, tag, quote)
  .map(([repository, version, q]) => `${q}${repository}:${version}${q}`);
const container = fc
  .tuple(scalar, comment, fc.constantFrom('block', 'flow', 'anchor', 'late'))
  .map(([image, after, style]) => {
    if (style === 'flow') return [`- {name: a, image: ${image}, args: ["x: y", 'it''s']}${after}`];
    if (style === 'anchor') return [`- image: &a ${image}${after}`, '  name: a', '- image: *a'];
    if (style === 'late') return ['- name: "a"', `  # before${after}`, `  image:  ${image}${after}`];
    return [`- image: ${image}${after}`, '  env: [{name: IMAGE, value: shop/app:1}]'];
  });
const kubernetes = fc
  .array(container, { minLength: 1, maxLength: 4 })
  .map((containers) => [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata: {annotations: {image: "shop/app:1"}}',
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    ...containers.flat().map((line) => `      ${line}`),
  ]);
const kustomize = fc
  .array(fc.tuple(name, tag, quote, comment), { minLength: 1, maxLength: 4 })
  .map((entries) => [
    'kind: Kustomization',
    'images:',
    ...entries.flatMap(([repository, version, q, after]) => [
      `- name: ${repository}`,
      `  newTag: ${q}${version}${q}${after}`,
    ]),
  ]);
const helm = fc
  .array(fc.tuple(name, tag, quote, comment, fc.constantFrom('', ', digest: ""', ', digest: null')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((entries) =>
    entries.flatMap(([repository, version, q, after, digest], index) => [
      `service${index}:`,
      `  image: {repository: ${repository}, tag: ${q}${version}${q}${digest}}${after}`,
    ]),
  );
const compose = fc
  .array(fc.tuple(scalar, comment), { minLength: 1, maxLength: 4 })
  .map((services) => [
    'services:',
    ...services.flatMap(([image, after], index) => [`  s${index}:`, `    image: ${image}${after}`]),
  ]);
const dockerfile = fc
  .array(fc.tuple(name, tag, fc.constantFrom('', '--platform=$BUILDPLATFORM ')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((stages) => [
    '# syntax=docker/dockerfile:1',
    ...stages.flatMap(([repository, version, flag], index) => [
      `${index % 2 === 0 ? 'FROM' : 'from'}  ${flag}${repository}:${version} AS s${index}`,
      'RUN echo \\',
      '  FROM x:1',
      `COPY --from=${repository}:${version} /a /b`,
    ]),
  ]);
const generated = fc
  .tuple(
    fc.oneof(
      kubernetes.map((lines) => ({ path: 'app.yaml', lines })),
      kustomize.map((lines) => ({ path: 'kustomization.yaml', lines })),
      helm.map((lines) => ({ path: 'values.yaml', lines })),
      compose.map((lines) => ({ path: 'compose.yml', lines })),
      dockerfile.map((lines) => ({ path: 'Dockerfile', lines })),
    ),
    newline,
    fc.boolean(),
    fc.boolean(),
  )
  .map(([{ path, lines }, end, isTerminated, isTwice]) => {
    const text = lines.join(end) + (isTerminated ? end : '');
    const document = `${end}---${end}`;
    return { path, text: isTwice && path.endsWith('.yaml') ? `${text}${document}${text}` : text };
  });

it('pins and unpins 2,000 generated files without changing another byte', async () => {
  let images = 0;
  await fc.assert(
    fc.asyncProperty(generated, async ({ path, text }) => {
      const found: readonly FoundImage[] = (await findImages(path, text)).images;
      images += found.length;
      expect(found.length).toBeGreaterThan(0);
      const pinned = withDigests(text, found, () => DIGEST);
      expect(pinned.replaceAll(`@${DIGEST}`, '').replaceAll(DIGEST, '')).toBe(text);
      const again = (await findImages(path, pinned)).images;
      expect(again.map(({ reference, digest }) => [reference, digest])).toEqual(
        found.map(({ reference }) => [reference, DIGEST]),
      );
      expect(withDigests(pinned, again, () => undefined)).toBe(text);
      expect(withDigests(pinned, again, () => DIGEST)).toBe(pinned);
    }),
    { seed: 7, numRuns: 2_000 },
  );
  expect(images).toBeGreaterThan(4_000);
});
