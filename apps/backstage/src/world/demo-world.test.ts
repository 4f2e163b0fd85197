import {
  CONTAINER_IMAGE_IDS_ANNOTATION,
  type DeclaredImage,
  parseImageAnnotations,
} from '@describe-image/backstage-plugin-describe-image-common';
import { createEmulator, type Emulator, type ImageSummary } from '@describe-image/emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoSeed, MOVING_IMAGE } from './demo-seed.ts';
import { readEntities } from './read-entities.ts';

const entities = readEntities();
const named = (kind: string): string[] =>
  entities.filter((entity) => entity.kind === kind).map(({ metadata }) => metadata.name);
const declarations = entities
  .filter(({ kind }) => kind === 'Component')
  .map((entity) => ({
    name: entity.metadata.name,
    ...parseImageAnnotations({
      ...entity,
      metadata: { ...entity.metadata, annotations: entity.metadata.annotations ?? {} },
    }),
  }));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({ seed: demoSeed });
});
afterAll(() => emulator?.close());

/** What the emulator holds of a declared image. */
function heldOf({ target }: DeclaredImage): ImageSummary | undefined {
  return emulator.state.images().find((image) => {
    if (typeof target !== 'string')
      return image.repoId === target.imageRepoId && image.tag === target.imageTag;
    const host = image.instanceId === 'cri-7bn5c8x1l0qs6f2g' ? STANDBY : MAIN;
    return target === `${host}/${image.repository}:${image.tag}`;
  });
}
const MAIN = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';
const STANDBY = 'acme-standby.cn-shanghai.cr.aliyuncs.com';

function only(component: string): { image: DeclaredImage; held: ImageSummary } {
  const [image] = declarations.find(({ name }) => name === component)?.images ?? [];
  const held = image && heldOf(image);
  if (image === undefined || held === undefined) throw new Error(`the demo has no image of ${component}`);
  return { image, held };
}

describe('the demo’s catalog and the demo’s emulator', () => {
  it('agree on every image that is declared', () => {
    const images = declarations.flatMap(({ images }) => images);
    expect(images.length).toBeGreaterThan(15);
    expect(images.filter((image) => heldOf(image) === undefined).map(({ key }) => key)).toEqual([]);
  });

  it('name no owner and no system that is not there', () => {
    const owners = entities.flatMap(({ spec }) => spec.owner ?? []);
    const systems = entities.flatMap(({ spec }) => spec.system ?? []);
    expect([...new Set(owners)].sort()).toEqual(named('Group').sort());
    expect([...new Set(systems)].sort()).toEqual(named('System').sort());
  });

  it('show one annotation that cannot be read, beside one that can', () => {
    const broken = declarations.filter(({ faults }) => faults.length > 0);
    expect(broken.map(({ name, images, faults }) => [name, images.length, faults.length])).toEqual([
      ['build-runner', 1, 1],
    ]);
  });

  it('show an image that is as its owner declares', () => {
    const { image, held } = only('checkout');
    expect(image.declaredDigest).toBe(`sha256:${held.digest}`);
  });

  it('show a tag that moved after its digest was declared', () => {
    const { image, held } = only('cart');
    expect(image.declaredDigest).toBeDefined();
    expect(image.declaredDigest).not.toBe(`sha256:${held.digest}`);
  });

  it('show a tag whose inventory is behind', () => {
    const { held } = only('search');
    expect(held.inventoryDigest).toBeDefined();
    expect(held.inventoryDigest).not.toBe(held.digest);
  });

  it('show an image that the inventory does not have', () => {
    expect(only('receipts').held).toMatchObject({ inventoryDigest: undefined });
  });

  it.each([
    ['payments-api', undefined],
    ['ledger', 'CVE_ANALYZER'],
    ['fraud-check', 'FAIL'],
    ['label-printer', 'SUCCESS'],
  ])('show %s with the scan state %s', (component, scanStatus) => {
    expect(only(component).held.scanStatus).toBe(scanStatus);
  });

  it('show an image by its four ids', () => {
    expect(only('refunds').image.place.annotation).toBe(CONTAINER_IMAGE_IDS_ANNOTATION);
  });

  it('move a tag that a component declares', () => {
    const { held } = only('events-collector');
    expect(held).toMatchObject(MOVING_IMAGE);
  });
});
