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
const namesOf = (kind: string): string[] =>
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

const MAIN = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';
const STANDBY = 'acme-standby.cn-shanghai.cr.aliyuncs.com';

/** The emulator's image for a declared image. */
function emulatedImage({ target }: DeclaredImage): ImageSummary | undefined {
  return emulator.state.images().find((image) => {
    if (typeof target !== 'string')
      return image.repoId === target.imageRepoId && image.tag === target.imageTag;
    const host = image.instanceId === 'cri-7bn5c8x1l0qs6f2g' ? STANDBY : MAIN;
    return target === `${host}/${image.repository}:${image.tag}`;
  });
}

function firstImage(component: string): { declared: DeclaredImage; emulated: ImageSummary } {
  const [declared] = declarations.find(({ name }) => name === component)?.images ?? [];
  const emulated = declared && emulatedImage(declared);
  if (declared === undefined || emulated === undefined) throw new Error(`no image of "${component}"`);
  return { declared, emulated };
}

describe('the data of the demo', () => {
  it('has an emulated image for every declared image', () => {
    const images = declarations.flatMap((declaration) => declaration.images);
    expect(images.length).toBeGreaterThan(15);
    expect(images.filter((image) => emulatedImage(image) === undefined).map(({ key }) => key)).toEqual([]);
  });

  it('defines every owner and system that it uses', () => {
    const owners = entities.flatMap(({ spec }) => spec.owner ?? []);
    const systems = entities.flatMap(({ spec }) => spec.system ?? []);
    expect([...new Set(owners)].sort()).toEqual(namesOf('Group').sort());
    expect([...new Set(systems)].sort()).toEqual(namesOf('System').sort());
  });

  it('has one annotation with a valid and an invalid item', () => {
    const invalid = declarations.filter(({ faults }) => faults.length > 0);
    expect(invalid.map(({ name, images, faults }) => [name, images.length, faults.length])).toEqual([
      ['build-runner', 1, 1],
    ]);
  });

  it('has a live digest that equals the declared digest', () => {
    const { declared, emulated } = firstImage('checkout');
    expect(declared.declaredDigest).toBe(`sha256:${emulated.digest}`);
  });

  it('has a live digest that differs from the declared digest', () => {
    const { declared, emulated } = firstImage('cart');
    expect(declared.declaredDigest).toBeDefined();
    expect(declared.declaredDigest).not.toBe(`sha256:${emulated.digest}`);
  });

  it('has an inventory digest that differs from the live digest', () => {
    const { emulated } = firstImage('search');
    expect(emulated.inventoryDigest).toBeDefined();
    expect(emulated.inventoryDigest).not.toBe(emulated.digest);
  });

  it('has an image that is missing in the inventory', () => {
    expect(firstImage('receipts').emulated).toMatchObject({ inventoryDigest: undefined });
  });

  it.each([
    ['payments-api', undefined],
    ['ledger', 'CVE_ANALYZER'],
    ['fraud-check', 'FAIL'],
    ['label-printer', 'SUCCESS'],
  ])('has an image of %s with the scan status %s', (component, scanStatus) => {
    expect(firstImage(component).emulated.scanStatus).toBe(scanStatus);
  });

  it('has an image declared by its four ids', () => {
    expect(firstImage('refunds').declared.place.annotation).toBe(CONTAINER_IMAGE_IDS_ANNOTATION);
  });

  it('has a component that declares the moving image', () => {
    expect(firstImage('events-collector').emulated).toMatchObject(MOVING_IMAGE);
  });
});
