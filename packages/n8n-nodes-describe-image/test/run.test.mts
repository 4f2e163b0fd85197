import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, type Demo, ids, reference, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());
beforeEach(() => demo.emulator.reset());

const BY_ITEM = reference('={{ $json.image }}');

describe('a run over many items', () => {
  it('makes equal look-ups once: 1,000 items that name 10 images by ids make 10 calls', async () => {
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

  it('looks up 1,000 different images, each with a signature and nonce of its own', async () => {
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

  it('has n8n decrypt the credential once a run, however many items there are', async () => {
    const before = demo.engine.decryptions();
    const items = Array.from({ length: 40 }, (_, index) => ({ tag: `t${index}` }));
    const parameters = { operation: 'verify', ...ids('={{ $json.tag }}'), expectedDigest: 'a'.repeat(64) };
    await demo.engine.run(parameters, items);
    expect(demo.actions()).toHaveLength(40);
    expect(demo.engine.decryptions() - before).toBe(1);
  });

  it('looks again in the next run', async () => {
    await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(demo.actions()).toHaveLength(2);
  });

  it('pauses between batches, and takes a value left out for the default shown', async () => {
    const items = Array.from({ length: 4 }, (_, index) => ({ tag: `t${index}` }));
    const options = { batching: { batch: { batchSize: 2, batchInterval: 60 } } };
    const parameters = { operation: 'get', ...ids('={{ $json.tag }}'), options };
    await demo.engine.run(parameters, items, { onError: 'continueRegularOutput' });
    const times = demo.emulator.requests.map(({ time }) => time);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(55);
  });

  it('gives nothing for no items', async () => {
    const { outputs } = await demo.engine.run({ operation: 'get', ...BY_ITEM }, []);
    expect(outputs.flat()).toEqual([]);
    expect(demo.actions()).toEqual([]);
  });
});

describe('an item that fails', () => {
  const items = [{ image: 'shop/checkout:1.4.2' }, { image: 'shop/nothing:1' }, { image: 'Not A Reference' }];

  it('ends the run with its index, in words, with the request id', async () => {
    const { error } = await demo.engine.run({ operation: 'get', ...BY_ITEM }, items.slice(0, 2));
    expect(error).toMatchObject({
      name: 'NodeApiError',
      message: 'Security Center does not know this image',
      description: expect.stringMatching(/shop\/nothing:1.*request ID [0-9A-F-]{36}/),
      context: { itemIndex: 1 },
    });
  });

  it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
    'lets the others pass with %s, and carries the request id',
    async (onError) => {
      const { error, outputs } = await demo.engine.run({ operation: 'get', ...BY_ITEM }, items, { onError });
      expect(error).toBeUndefined();
      const all = outputs.flat();
      expect(outputs.map(({ length }) => length)).toEqual(onError === 'continueErrorOutput' ? [1, 2] : [3]);
      expect(all[0]?.json['digest']).toMatch(/^sha256:/);
      expect(all[1]?.json).toMatchObject({
        error: 'Security Center does not know this image',
        details: { code: 'NotFound', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
      });
      expect(all[2]?.json).toMatchObject({
        error: 'A value cannot be used',
        message: expect.stringContaining('Not A Reference'),
      });
      expect(all.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
    },
  );

  it('names the parameter that is empty', async () => {
    const { error } = await demo.engine.run({ operation: 'get', ...reference(' ') });
    expect(error).toMatchObject({ name: 'NodeOperationError', message: "'Reference' is empty" });
  });

  it('names the candidates of an ambiguous reference', async () => {
    const { error } = await demo.engine.run({ operation: 'get', ...reference('shop/checkout:1.4.1') });
    expect(error).toMatchObject({
      message: 'The reference fits several images',
      description: expect.stringMatching(/cn-shanghai .*cn-hangzhou /),
    });
  });
});

describe('what the service refuses', () => {
  it.each([
    ['Throttling.User', 'Alibaba Cloud still received too many calls after waiting', 'rate-limited'],
    ['InvalidAccessKeyId.NotFound', 'Alibaba Cloud does not accept the AccessKey', 'credential-invalid'],
    ['SignatureDoesNotMatch', 'Alibaba Cloud does not accept the signature', 'credential-invalid'],
    ['NoPermission', 'The RAM user is not allowed to do this', 'configuration-invalid'],
    ['InvalidTimeStamp.Expired', 'The clock of this n8n host is wrong', undefined],
    ['ImageNotFound', 'Security Center does not know this image', undefined],
    ['InstanceExist', 'Security Center did not give a usable answer', undefined],
    ['InvalidParameter', 'A value cannot be used', 'configuration-invalid'],
  ])('%s is told in words that n8n leaves alone', async (code, message, cause) => {
    const retryAfterMs = code === 'Throttling.User' ? 1 : undefined;
    const effect = { kind: 'error', code, status: 400, message: 'Said the service', retryAfterMs } as const;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toMatchObject({
      name: 'NodeApiError',
      message,
      description: expect.stringMatching(new RegExp(`${code}.*request ID`)),
    });
    expect(error?.failure?.cause).toBe(cause);
  });

  it('waits for throttling to end, as long as the service says', async () => {
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

  it('asks again when the connection was cut, and signs anew', async () => {
    demo.emulator.faults.add({ operation: 'DescribeImage', times: 1, effect: { kind: 'reset' } });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toBeUndefined();
    const nonces = demo.emulator.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it('never follows a redirect, because a signature is for one address', async () => {
    await using elsewhere = await startDemo();
    const headers = { location: `${elsewhere.emulator.url}/` };
    const effect = { kind: 'response', status: 307, headers, body: '' } as const;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error?.message).toBe('Security Center did not give a usable answer');
    expect(elsewhere.actions()).toEqual([]);
  });

  it('puts no secret into an error', async () => {
    await using denied = await startDemo({
      accessKeyId: 'demo-access-key-id',
      accessKeySecret: 'a-wrong-secret-of-somebody',
      securityToken: '',
    });
    const { error } = await denied.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error?.message).toBe('Alibaba Cloud does not accept the signature');
    const everything = JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}));
    expect(everything).not.toContain('a-wrong-secret-of-somebody');
    expect(everything).not.toContain('Signature=');
  });
});

it('says what to do when the endpoint cannot be reached', async () => {
  await using gone = await startDemo();
  await gone.emulator.close();
  const { error } = await gone.engine.run({ operation: 'get', ...ids('1.4.2') });
  expect(error).toMatchObject({
    message: 'The endpoint cannot be reached',
    description: expect.stringContaining('ECONNREFUSED'),
    failure: { cause: 'temporarily-unavailable' },
  });
});

it('gives the policy that is missing', async () => {
  await using listOnly = await startDemo({
    accessKeyId: 'demo-list-only-key-id',
    accessKeySecret: 'demo-list-only-key-secret',
  });
  const { error } = await listOnly.engine.run({ operation: 'get', ...ids('1.4.2') });
  expect(error).toMatchObject({
    message: 'The RAM user is not allowed to do this',
    description: expect.stringContaining('"Action":["yundun-sas:DescribeImage"]'),
  });
});

it('names what is wrong with the credential, for each item when told to continue', async () => {
  await using broken = await startDemo({ endpoint: 'ftp://nowhere' });
  const { error } = await broken.engine.run({ operation: 'get', ...ids('1.4.2') });
  expect(error).toMatchObject({
    message: 'A value cannot be used',
    description: expect.stringContaining('endpoint'),
  });
  const { outputs } = await broken.engine.run({ operation: 'get', ...ids('1.4.2') }, [{}, {}], {
    onError: 'continueRegularOutput',
  });
  expect(outputs[0]?.map(({ json }) => json['error'])).toEqual(Array(2).fill('A value cannot be used'));
});
