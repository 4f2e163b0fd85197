import { DEFAULT_CALL_LIMITS } from '@describe-image/core/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, type Demo, ids, reference, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());
beforeEach(() => demo.emulator.reset());

const BY_ITEM = reference('={{ $json.image }}');

describe('a run with many items', () => {
  it('makes 10 calls for 1,000 items with 10 different images', async () => {
    const tags = Array.from({ length: 10 }, (_, index) => `ten-${index}`);
    for (const tag of tags) demo.emulator.state.push({ ...CHECKOUT, tag });
    const items = Array.from({ length: 1_000 }, (_, index) => ({ tag: tags[index % 10] ?? '' }));
    const { error, outputs } = await demo.engine.run({ operation: 'get', ...ids('={{ $json.tag }}') }, items);
    expect(error).toBeUndefined();
    expect(outputs[0]).toHaveLength(1_000);
    expect(outputs[0]?.map(({ json }) => json['tag'])).toEqual(items.map(({ tag }) => tag));
    expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
    expect(demo.actions()).toEqual(tags.map(() => 'DescribeImage'));
  });

  it('signs each of 1,000 calls with a different nonce', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => ({ tag: `t${index}` }));
    const { outputs } = await demo.engine.run(
      { operation: 'verify', ...ids('={{ $json.tag }}'), expectedDigest: 'a'.repeat(64) },
      items,
    );
    expect(outputs[0]?.map(({ json }) => json['outcome'])).toEqual(items.map(() => 'missing'));
    expect(outputs[0]?.map(({ json }) => json['image'])).toEqual(
      items.map(({ tag }) => `crr-a1c7e9k2m4p6r8t0:${tag}`),
    );
    const nonces = demo.emulator.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(1_000);
  });

  it('decrypts the credential once for 40 items', async () => {
    const before = demo.engine.decryptions();
    const items = Array.from({ length: 40 }, (_, index) => ({ tag: `t${index}` }));
    const parameters = { operation: 'verify', ...ids('={{ $json.tag }}'), expectedDigest: 'a'.repeat(64) };
    await demo.engine.run(parameters, items);
    expect(demo.actions()).toHaveLength(40);
    expect(demo.engine.decryptions() - before).toBe(1);
  });

  it('repeats the call in the next run', async () => {
    await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(demo.actions()).toHaveLength(2);
  });

  it('pauses between batches for the given interval', async () => {
    const items = Array.from({ length: 4 }, (_, index) => ({ tag: `t${index}` }));
    const options = { batching: { batch: { batchSize: 2, batchInterval: 60 } } };
    const parameters = { operation: 'get', ...ids('={{ $json.tag }}'), options };
    await demo.engine.run(parameters, items, { onError: 'continueRegularOutput' });
    const times = demo.emulator.requests.map(({ time }) => time);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(55);
  });

  it('returns no items for no input items', async () => {
    const { outputs } = await demo.engine.run({ operation: 'get', ...BY_ITEM }, []);
    expect(outputs.flat()).toEqual([]);
    expect(demo.actions()).toEqual([]);
  });
});

describe('an item with an error', () => {
  const items = [{ image: 'shop/checkout:1.4.2' }, { image: 'shop/nothing:1' }, { image: 'Not A Reference' }];

  it('stops the run with a message, the request ID and the item index', async () => {
    const { error } = await demo.engine.run({ operation: 'get', ...BY_ITEM }, items.slice(0, 2));
    expect(error).toMatchObject({
      name: 'NodeApiError',
      message: 'Security Center has no such image',
      description: expect.stringMatching(/shop\/nothing:1.*request ID [0-9A-F-]{36}/),
      context: { itemIndex: 1 },
    });
  });

  it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
    'returns the other items and the request ID with %s',
    async (onError) => {
      const { error, outputs } = await demo.engine.run({ operation: 'get', ...BY_ITEM }, items, { onError });
      expect(error).toBeUndefined();
      const all = outputs.flat();
      expect(outputs.map(({ length }) => length)).toEqual(onError === 'continueErrorOutput' ? [1, 2] : [3]);
      expect(all[0]?.json['digest']).toMatch(/^sha256:/);
      expect(all[1]?.json).toMatchObject({
        error: 'Security Center has no such image',
        details: { code: 'NotFound', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
      });
      expect(all[2]?.json).toMatchObject({
        error: 'A value is invalid',
        message: expect.stringContaining('Not A Reference'),
      });
      expect(all.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
    },
  );

  it('reports the name of an empty parameter', async () => {
    const { error } = await demo.engine.run({ operation: 'get', ...reference(' ') });
    expect(error).toMatchObject({ name: 'NodeOperationError', message: "'Reference' is empty" });
  });

  it.each(['get', 'getRisk', 'verify'])(
    'lists the values to choose for an ambiguous reference, which %s then accepts as options',
    async (operation) => {
      const parameters = {
        operation,
        ...reference('shop/checkout:1.4.1'),
        expectedDigest: 'a'.repeat(64),
      };
      const { error, outputs } = await demo.engine.run(parameters, [{}], {
        onError: 'continueRegularOutput',
      });
      expect(error).toBeUndefined();
      expect(outputs[0]?.[0]?.json).toMatchObject({
        error: 'The reference matches several images',
        message: expect.stringMatching(
          /Set Region ID, .* in the options.*Region ID cn-shanghai, .*Region ID cn-hangzhou, /,
        ),
        details: {
          code: 'Ambiguous',
          candidates: [{ regionId: 'cn-shanghai' }, { regionId: 'cn-hangzhou', repoId: CHECKOUT.repoId }],
        },
      });
      for (const [option, value] of Object.entries(CHECKOUT)) {
        const chosen = await demo.engine.run({ ...parameters, options: { [option]: value } });
        expect(chosen.error).toBeUndefined();
      }
    },
  );
});

describe('a call that the service rejects', () => {
  it.each([
    ['Throttling.User', 'Alibaba Cloud still throttles the calls after all retries', 'rate-limited'],
    ['InvalidAccessKeyId.NotFound', 'Alibaba Cloud rejected the AccessKey', 'credential-invalid'],
    ['SignatureDoesNotMatch', 'Alibaba Cloud rejected the signature', 'credential-invalid'],
    ['NoPermission', 'The RAM user lacks a permission', 'configuration-invalid'],
    ['InvalidTimeStamp.Expired', 'The clock of this n8n host is wrong', undefined],
    ['ImageNotFound', 'Security Center has no such image', undefined],
    ['InstanceExist', 'Security Center returned an invalid response', undefined],
    ['InvalidParameter', 'A value is invalid', 'configuration-invalid'],
  ])('reports %s with a message that n8n does not replace', async (code, message, cause) => {
    const retryAfterMs = code === 'Throttling.User' ? 1 : undefined;
    const effect = {
      kind: 'error',
      code,
      status: 400,
      message: 'Message of the service',
      retryAfterMs,
    } as const;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toMatchObject({
      name: 'NodeApiError',
      message,
      description: expect.stringMatching(new RegExp(`${code}.*request ID`)),
    });
    expect(error?.failure?.cause).toBe(cause);
  });

  it('waits for the delay that a throttling response requests', async () => {
    demo.emulator.faults.add({
      operation: 'DescribeImage',
      times: 2,
      effect: { kind: 'throttle', retryAfterMs: 40 },
    });
    const { error, outputs } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toBeUndefined();
    expect(outputs[0]?.[0]?.json['digest']).toMatch(/^sha256:/);
    const times = demo.emulator.requests.map(({ time }) => time);
    expect(times).toHaveLength(3);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(75);
  });

  it('corrects a wrong clock once per run', async () => {
    await using skewed = await startDemo();
    skewed.emulator.clock.advance(60 * 60_000);
    const { error, outputs } = await skewed.engine.run(
      { operation: 'get', ...ids('={{ $json.tag }}'), options: { concurrency: 1 } },
      [{ tag: '1.4.2' }, { tag: '1.4.1' }],
    );
    expect(error).toBeUndefined();
    expect(outputs[0]).toHaveLength(2);
    expect(skewed.emulator.requests.map(({ code }) => code)).toEqual([
      'InvalidTimeStamp.Expired',
      undefined,
      undefined,
    ]);
  });

  it('stops after the retries of core', async () => {
    const effect = { kind: 'throttle', retryAfterMs: 1 } as const;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toMatchObject({ context: { data: { attempts: 1 + DEFAULT_CALL_LIMITS.maxRetries } } });
    expect(demo.actions()).toHaveLength(1 + DEFAULT_CALL_LIMITS.maxRetries);
  });

  it('does not start a wait that exceeds the total time limit of core', async () => {
    const retryAfterMs = DEFAULT_CALL_LIMITS.totalTimeoutMs;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'throttle', retryAfterMs } });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error?.failure?.cause).toBe('rate-limited');
    expect(demo.actions()).toHaveLength(1);
  });

  it('retries a reset connection with a new nonce', async () => {
    demo.emulator.faults.add({ operation: 'DescribeImage', times: 1, effect: { kind: 'reset' } });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toBeUndefined();
    const nonces = demo.emulator.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it('does not follow a redirect', async () => {
    await using target = await startDemo();
    const headers = { location: `${target.emulator.url}/` };
    const effect = { kind: 'response', status: 307, headers, body: '' } as const;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error?.message).toBe('Security Center returned an invalid response');
    expect(target.actions()).toEqual([]);
  });

  it('keeps the secret and the signature out of the error', async () => {
    await using denied = await startDemo({
      accessKeyId: 'demo-access-key-id',
      accessKeySecret: 'a-wrong-access-key-secret',
      securityToken: '',
    });
    const { error } = await denied.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error?.message).toBe('Alibaba Cloud rejected the signature');
    const serialized = JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}));
    expect(serialized).not.toContain('a-wrong-access-key-secret');
    expect(serialized).not.toContain('Signature=');
  });
});

it('reports an unreachable endpoint as temporarily unavailable', async () => {
  await using stopped = await startDemo();
  await stopped.emulator.close();
  const { error } = await stopped.engine.run({ operation: 'get', ...ids('1.4.2') });
  expect(error).toMatchObject({
    message: 'The endpoint cannot be reached',
    description: expect.stringContaining('ECONNREFUSED'),
    failure: { cause: 'temporarily-unavailable' },
  });
});

it('includes the missing RAM policy in the description', async () => {
  await using listOnly = await startDemo({
    accessKeyId: 'demo-list-only-key-id',
    accessKeySecret: 'demo-list-only-key-secret',
  });
  const { error } = await listOnly.engine.run({ operation: 'get', ...ids('1.4.2') });
  expect(error).toMatchObject({
    message: 'The RAM user lacks a permission',
    description: expect.stringContaining('"Action":["yundun-sas:DescribeImage"]'),
  });
});

it('reports an invalid endpoint of the credential for each item', async () => {
  await using broken = await startDemo({ endpoint: 'ftp://nowhere' });
  const { error } = await broken.engine.run({ operation: 'get', ...ids('1.4.2') });
  expect(error).toMatchObject({
    message: 'A value is invalid',
    description: expect.stringContaining('endpoint'),
  });
  const { outputs } = await broken.engine.run({ operation: 'get', ...ids('1.4.2') }, [{}, {}], {
    onError: 'continueRegularOutput',
  });
  expect(outputs[0]?.map(({ json }) => json['error'])).toEqual(Array(2).fill('A value is invalid'));
});
