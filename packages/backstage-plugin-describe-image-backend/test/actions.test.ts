import { mockCredentials } from '@backstage/backend-test-utils';
import { describe, expect, it } from 'vitest';
import { CHECKOUT, component, demoDigest, HOST, NIGHTLY } from './entities.ts';
import { READABLE_BY, startPlugin } from './start-plugin.ts';

const entities = [
  component('checkout', { images: [CHECKOUT, NIGHTLY] }),
  component('pinned', { images: [`${NIGHTLY}@${demoDigest('base-node nightly 1')}`] }),
  component('hidden', { images: [CHECKOUT], annotations: { [READABLE_BY]: 'user:default/alice' } }),
];
const entityRef = 'component:default/checkout';
const credentials = mockCredentials.user('user:default/bob');

describe('the actions', () => {
  it('are read-only and idempotent, and visible to users who may see images', async () => {
    const { actions } = await startPlugin({ entities });
    const registered = [...actions.actions.values()];
    expect(registered.map(({ name }) => name).sort()).toEqual([
      'get-image-digests',
      'get-image-history',
      'pin-image',
      'pin-reference',
      'verify-image',
    ]);
    for (const { name, attributes, visibilityPermission } of registered) {
      expect(attributes).toEqual({ readOnly: true, idempotent: true, destructive: false });
      const permission =
        name === 'pin-reference' ? 'describeImage.reference.read' : 'describeImage.image.read';
      expect(visibilityPermission?.name).toBe(permission);
    }
  });

  it('fail for an entity that the caller may not read as for one that does not exist', async () => {
    const { actions, emulator, audited } = await startPlugin({ entities });
    for (const name of ['get-image-digests', 'verify-image', 'pin-image'])
      await expect(
        actions.invoke({ id: `test:${name}`, input: { entityRef: 'component:default/hidden' }, credentials }),
      ).rejects.toThrow('the entity "component:default/hidden" does not exist, or you may not read it');
    expect(emulator.requests).toEqual([]);
    expect(audited).toHaveLength(3);
    expect(audited[0]).toMatchObject({ eventId: 'get-image-digests', outcome: 'fail' });
  });

  it('return the digests of an entity', async () => {
    const { actions } = await startPlugin({ entities });
    const { output } = await actions.invoke({
      id: 'test:get-image-digests',
      input: { entityRef },
      credentials,
    });
    expect(output).toMatchObject({
      entityRef,
      images: [
        { key: CHECKOUT, drift: 'agree', live: { digest: demoDigest('checkout 1.4.2') } },
        { key: NIGHTLY, drift: 'drift', risk: { state: 'stale' } },
      ],
    });
  });

  it.each([
    'checkout',
    'default/checkout',
    'component:checkout',
    'Component:Default/Checkout',
    ' component:default/checkout ',
  ])('complete the entity ref %j with the defaults of Backstage', async (entityRef) => {
    const { actions } = await startPlugin({ entities });
    const input = { entityRef };
    const { output } = await actions.invoke({ id: 'test:get-image-digests', input, credentials });
    expect(output).toMatchObject({ entityRef: 'component:default/checkout' });
  });

  it.each(['get-image-digests', 'verify-image', 'pin-image', 'get-image-history'])(
    'reject an invalid entity ref in %s',
    async (name) => {
      const { actions, audited } = await startPlugin({ entities });
      for (const entityRef of ['', ' ', 'default/', 'component:'])
        await expect(
          actions.invoke({ id: `test:${name}`, input: { entityRef, image: CHECKOUT }, credentials }),
        ).rejects.toMatchObject({
          name: 'InputError',
          message: `${name}: entityRef must be [kind:][namespace/]name, got ${JSON.stringify(entityRef)}. Set it to a ref such as component:default/checkout.`,
        });
      expect(audited.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail', 'fail']);
    },
  );

  it('reject a comparison without an expected digest, and name the two places for it', async () => {
    const { actions, emulator } = await startPlugin({ entities });
    const input = { entityRef, image: CHECKOUT };
    await expect(actions.invoke({ id: 'test:verify-image', input, credentials })).rejects.toMatchObject({
      name: 'InputError',
      message: `verify-image: no expected digest, and ${entityRef} declares none for ${CHECKOUT}. Set expected, or append @sha256:… to the image in the annotation.`,
    });
    expect(emulator.requests).toEqual([]);
  });

  it.each(['sha256:abc', 'latest', ''])('reject the expected digest %j', async (expected) => {
    const { actions, emulator } = await startPlugin({ entities });
    const input = { entityRef, image: CHECKOUT, expected };
    await expect(actions.invoke({ id: 'test:verify-image', input, credentials })).rejects.toMatchObject({
      name: 'InputError',
      message: `verify-image: expected must be sha256: and 64 hex digits, got ${JSON.stringify(expected)}`,
    });
    expect(emulator.requests).toEqual([]);
  });

  it('compare with the given digest, or else with the declared one', async () => {
    const { actions } = await startPlugin({ entities });
    const verify = async (input: Record<string, string>) =>
      (await actions.invoke({ id: 'test:verify-image', input, credentials })).output;
    expect(await verify({ entityRef: 'component:default/pinned' })).toMatchObject({
      key: NIGHTLY,
      outcome: 'drift',
      expected: demoDigest('base-node nightly 1'),
      actual: demoDigest('base-node nightly 2'),
      source: 'DescribeImage',
    });
    const expected = demoDigest('checkout 1.4.2');
    expect(await verify({ entityRef, image: CHECKOUT, expected })).toMatchObject({ outcome: 'match' });
    await expect(verify({ entityRef })).rejects.toThrow(
      `declares several images; set image to one of ${CHECKOUT}`,
    );
    await expect(verify({ entityRef, image: 'shop/other:1', expected })).rejects.toThrow(
      'does not declare the image',
    );
  });

  it('pin an image only with a digest that the service confirms', async () => {
    const { actions, emulator } = await startPlugin({ entities });
    const pin = async () =>
      (await actions.invoke({ id: 'test:pin-image', input: { entityRef, image: CHECKOUT }, credentials }))
        .output;
    expect(await pin()).toMatchObject({
      pinned: `${CHECKOUT}@${demoDigest('checkout 1.4.2')}`,
      digest: demoDigest('checkout 1.4.2'),
      source: 'DescribeImage',
    });
    emulator.faults.add({ effect: { kind: 'throttle', retryAfterMs: 1 } });
    await expect(
      actions.invoke({ id: 'test:pin-image', input: { entityRef, image: NIGHTLY }, credentials }),
    ).rejects.toThrow('Throttling.User');
  });

  it('pin no image for whose tag DescribeImage has no digest', async () => {
    const { actions, emulator } = await startPlugin({ entities });
    emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'no-digest' } });
    const input = { entityRef, image: CHECKOUT };
    await expect(actions.invoke({ id: 'test:pin-image', input, credentials })).rejects.toThrow(
      'DescribeImage has no digest for its tag',
    );
  });

  it('pin a reference that no entity declares', async () => {
    const { actions, audited } = await startPlugin({ entities: [] });
    const input = { reference: CHECKOUT };
    const { output } = await actions.invoke({ id: 'test:pin-reference', input, credentials });
    expect(output).toMatchObject({
      pinned: `${CHECKOUT}@${demoDigest('checkout 1.4.2')}`,
      source: 'DescribeImage',
    });
    expect(audited).toMatchObject([{ eventId: 'pin-reference', outcome: 'success', meta: input }]);
  });

  it('pin no reference for a caller without the permission for references', async () => {
    const { actions, emulator } = await startPlugin({
      deniedPermissions: ['describeImage.reference.read'],
    });
    const input = { reference: CHECKOUT };
    await expect(actions.invoke({ id: 'test:pin-reference', input, credentials })).rejects.toThrow();
    expect(emulator.requests).toEqual([]);
  });

  it.each([
    ['without a tag', `${HOST}/shop/checkout`, 'InputError', 'pin-reference: reference must be'],
    ['with a digest', `${CHECKOUT}@${demoDigest('a')}`, 'InputError', 'without a digest'],
    ['that is a URL', `https://${CHECKOUT}`, 'InputError', 'pin-reference: reference must be'],
    ['that does not exist', `${HOST}/shop/checkout:9.9.9`, 'ServiceFailure', ''],
  ])('pin no reference %s', async (_, reference, name, message) => {
    const { actions } = await startPlugin({});
    const input = { reference };
    await expect(actions.invoke({ id: 'test:pin-reference', input, credentials })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('pin no reference in an instance that is not configured', async () => {
    const { actions } = await startPlugin({});
    const input = { reference: CHECKOUT, instance: 'other' };
    await expect(actions.invoke({ id: 'test:pin-reference', input, credentials })).rejects.toThrow(
      'no instance named "other" is configured',
    );
  });

  it('return the history of an image', async () => {
    const { actions } = await startPlugin({ entities });
    await actions.invoke({ id: 'test:get-image-digests', input: { entityRef }, credentials });
    const { output } = await actions.invoke({
      id: 'test:get-image-history',
      input: { entityRef, image: CHECKOUT },
      credentials,
    });
    expect(output).toMatchObject({
      key: CHECKOUT,
      retentionDays: 180,
      periods: [{ source: 'DescribeImage' }, { source: 'DescribeImageInstances' }],
      moves: [],
    });
  });
});
