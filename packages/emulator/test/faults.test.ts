import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator, FaultEffect, FaultRule } from '../src/index.ts';
import { signAcs3, signRpc } from './sign.ts';
import { call, DIGEST_A, IMAGE, start } from './start.ts';
import { sendRaw } from './wire.ts';

const unavailable: FaultEffect = { kind: 'error', code: 'ServiceUnavailable' };

describe('a fault rule', () => {
  it('fails only the first calls', async () => {
    await using emulator = await start();
    emulator.faults.add({ times: 2, effect: unavailable });
    expect(await statuses(emulator, 4)).toEqual([503, 503, 200, 200]);
  });

  it('skips the first calls with skip', async () => {
    await using emulator = await start();
    emulator.faults.add({ skip: 1, times: 1, effect: unavailable });
    expect(await statuses(emulator, 3)).toEqual([200, 503, 200]);
  });

  it('applies after the rules that were added before it', async () => {
    await using emulator = await start();
    emulator.faults.add({ times: 1, effect: unavailable });
    emulator.faults.add({ times: 1, effect: { kind: 'throttle', retryAfterMs: 2_000 } });
    emulator.faults.add({ times: 1, effect: { kind: 'error', code: 'InternalError' } });
    expect(await statuses(emulator, 4)).toEqual([503, 400, 500, 200]);
  });

  it('applies to one operation and one key only when it names them', async () => {
    await using emulator = await start({
      keys: ['testid', 'other'].map((accessKeyId) => ({ accessKeyId, accessKeySecret: 'testsecret' })),
    });
    emulator.faults.add({ operation: 'DescribeImage', accessKeyId: 'other', effect: unavailable });
    expect((await call(emulator)).status).toBe(200);
    expect((await call(emulator, IMAGE, { accessKeyId: 'other' })).status).toBe(503);
    const list = { accessKeyId: 'other', action: 'DescribeImageInstances' };
    expect((await call(emulator, {}, list)).status).toBe(200);
  });

  it('applies with the given probability, to the same calls in every run', async () => {
    const run = async () => {
      await using emulator = await start();
      emulator.faults.add({ probability: 0.3, effect: unavailable });
      return await statuses(emulator, 200);
    };
    const first = await run();
    expect(await run()).toEqual(first);
    const hits = first.filter((status) => status === 503).length;
    expect(hits).toBeGreaterThan(40);
    expect(hits).toBeLessThan(80);
  });

  it('is listed with its counts, and can be cleared', async () => {
    await using emulator = await start();
    const id = emulator.faults.add({ skip: 1, effect: unavailable });
    await statuses(emulator, 3);
    expect(emulator.faults.list()).toEqual([
      { id, rule: { skip: 1, effect: unavailable }, matched: 3, applied: 2 },
    ]);
    expect(emulator.requests.map(({ fault }) => fault)).toEqual([undefined, id, id]);
    expect(emulator.faults.clear(id)).toBe(true);
    expect(emulator.faults.clear(id)).toBe(false);
    expect(await statuses(emulator, 1)).toEqual([200]);
  });

  it('can be part of the seed, and is restored by a reset', async () => {
    await using emulator = await start({ faults: [{ times: 1, effect: unavailable }] });
    expect(await statuses(emulator, 2)).toEqual([503, 200]);
    emulator.reset();
    expect(await statuses(emulator, 2)).toEqual([503, 200]);
  });

  it('does not replace the error of a wrong request', async () => {
    await using emulator = await start();
    emulator.faults.add({ times: 1, effect: unavailable });
    expect((await call(emulator, IMAGE, { accessKeySecret: 'wrong' })).document.Code).toBe(
      'SignatureDoesNotMatch',
    );
    expect(await statuses(emulator, 2)).toEqual([503, 200]);
  });

  it('changes the answer after the request was executed, so the nonce is used', async () => {
    await using emulator = await start();
    emulator.faults.add({ times: 1, effect: unavailable });
    expect((await call(emulator, IMAGE, { nonce: 'n' })).status).toBe(503);
    expect((await call(emulator, IMAGE, { nonce: 'n' })).document.Code).toBe('SignatureNonceUsed');
  });

  it('applies before the request is verified with when=before, so the nonce is not used', async () => {
    await using emulator = await start();
    emulator.faults.add({ times: 1, when: 'before', effect: unavailable });
    expect((await call(emulator, IMAGE, { nonce: 'n', accessKeySecret: 'wrong' })).status).toBe(503);
    expect((await call(emulator, IMAGE, { nonce: 'n' })).status).toBe(200);
  });

  it.each<[string, unknown]>([
    ['an unknown kind', { effect: { kind: 'explode' } }],
    ['an unknown field', { effekt: unavailable }],
    ['no times at all', { times: 0, effect: unavailable }],
    ['an unknown operation', { operation: 'DescribeImages', effect: unavailable }],
    ['neither an effect nor a delay', { operation: 'DescribeImage' }],
    ['a delay of 0 and no effect', { delayMs: 0 }],
    ['a probability above one', { probability: 2, effect: unavailable }],
  ])('is rejected with %s, naming the field', async (_what, rule) => {
    await using emulator = await start();
    expect(() => emulator.faults.add(rule as FaultRule)).toThrow(/^fault\b/);
  });
});

describe('the effect of a fault', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await start();
  });
  afterAll(() => emulator.close());

  const once = (effect: FaultEffect, rule: FaultRule = {}) => {
    emulator.faults.clear();
    emulator.faults.add({ times: 1, effect, ...rule });
    return sendRaw(emulator.port, signAcs3(IMAGE));
  };

  it('error sends any code, status and message', async () => {
    const answer = await once({
      kind: 'error',
      code: 'Made.Up',
      status: 418,
      message: 'no',
      retryAfterMs: 70,
    });
    expect(answer.status).toBe(418);
    expect(answer.headers['x-acs-retry-after']).toBe('70');
    expect(JSON.parse(answer.body)).toMatchObject({
      Code: 'Made.Up',
      Message: 'no',
      RequestId: answer.headers['x-acs-request-id'],
    });
  });

  it('error sends XML with format=XML', async () => {
    const answer = await once({ kind: 'error', code: 'ServerError', format: 'XML' });
    expect([answer.status, answer.headers['content-type']]).toEqual([500, 'text/xml;charset=utf-8']);
    expect(answer.body).toContain('<Code>ServerError</Code>');
  });

  it.each([
    [{ kind: 'throttle' }, 'Throttling.User', undefined],
    [{ kind: 'throttle', scope: 'Api', retryAfterMs: 2_000 }, 'Throttling.Api', '2000'],
    [{ kind: 'throttle', retryAfterMs: -5 }, 'Throttling.User', '-5'],
  ] as const)('%j sends a throttling error', async (effect, code, retryAfter) => {
    const answer = await once(effect);
    expect([answer.status, JSON.parse(answer.body).Code]).toEqual([400, code]);
    expect(answer.headers['x-acs-retry-after']).toBe(retryAfter);
  });

  it('html sends the error page of a proxy', async () => {
    const answer = await once({ kind: 'html' });
    expect([answer.status, answer.headers['content-type']]).toEqual([502, 'text/html']);
    expect(answer.body).toContain('<h1>502 Bad Gateway</h1>');
  });

  it('truncate sends half of the document with the length of that half', async () => {
    const { body } = await once({ kind: 'truncate' });
    expect(body).toMatch(/^\{"RequestId":"/);
    expect(() => JSON.parse(body)).toThrow(SyntaxError);
    expect((await once({ kind: 'truncate', bytes: 3 })).body).toBe('{"R');
  });

  it('empty-body sends no body, with the given status', async () => {
    expect(await once({ kind: 'empty-body' })).toMatchObject({ status: 200, body: '' });
    expect(await once({ kind: 'empty-body', status: 500 })).toMatchObject({ status: 500, body: '' });
  });

  it('content-type sends the correct body with another type', async () => {
    const answer = await once({ kind: 'content-type' });
    expect(answer.headers['content-type']).toBe('text/plain');
    expect(JSON.parse(answer.body)).toMatchObject({ Data: { Digest: DIGEST_A } });
  });

  it.each([
    ['no-data', {}],
    ['empty-data', { Data: {} }],
    ['null-digest', { Data: { Digest: null } }],
    ['empty-digest', { Data: { Digest: '' } }],
  ] as const)('no-digest sends no digest: %s', async (shape, fields) => {
    const answer = await once({ kind: 'no-digest', shape });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ RequestId: expect.any(String), ...fields });
  });

  it('junk-digest sends an invalid digest', async () => {
    expect(JSON.parse((await once({ kind: 'junk-digest' })).body).Data.Digest).toBe('not-a-digest');
    expect(JSON.parse((await once({ kind: 'junk-digest', digest: '../..' })).body).Data.Digest).toBe('../..');
  });

  it('response sends any response', async () => {
    const answer = await once({
      kind: 'response',
      status: 302,
      headers: { location: 'http://127.0.0.1:1/' },
      body: 'x',
    });
    expect(answer).toMatchObject({ status: 302, body: 'x', headers: { location: 'http://127.0.0.1:1/' } });
  });

  it('slow-body sends the whole document, a few bytes at a time', async () => {
    const { body } = await once({ kind: 'slow-body', chunkBytes: 40, intervalMs: 1 });
    expect(JSON.parse(body)).toMatchObject({ Data: { Digest: DIGEST_A } });
  });

  it('cut-body announces the whole document and closes the connection in the middle', async () => {
    const answer = await once({ kind: 'cut-body', bytes: 10 });
    expect(answer.body).toHaveLength(10);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(10);
  });

  it.each(['before', 'after'] as const)(
    'reset cuts the connection %s the request is executed',
    async (when) => {
      emulator.faults.clear();
      emulator.faults.add({ times: 1, when, effect: { kind: 'reset' } });
      const message = signAcs3(IMAGE);
      await expect(sendRaw(emulator.port, message)).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect(emulator.requests.at(-1)).toMatchObject({ operation: 'DescribeImage', status: undefined });
      const again = JSON.parse((await sendRaw(emulator.port, message)).body);
      expect(again.Code).toBe(when === 'after' ? 'SignatureNonceUsed' : undefined);
    },
  );

  it('delayMs delays the answer', async () => {
    emulator.faults.clear();
    emulator.faults.add({ times: 1, delayMs: 60 });
    const began = performance.now();
    expect((await call(emulator)).status).toBe(200);
    // Timers may fire a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(50);
  });

  it('hang never responds, and does not keep the emulator from closing', async () => {
    const hanging = await start();
    hanging.faults.add({ effect: { kind: 'hang' } });
    const socket = connect(hanging.port, '127.0.0.1');
    let answered = false;
    socket.on('data', () => {
      answered = true;
    });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {});
    const { target, headers } = signRpc(IMAGE);
    socket.write(`GET ${target} HTTP/1.1\r\n${headers.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`);
    while (hanging.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await hanging.close();
    await closed;
    expect(answered).toBe(false);
  });
});

async function statuses(emulator: Emulator, calls: number): Promise<number[]> {
  const result: number[] = [];
  for (let index = 0; index < calls; index += 1) result.push((await call(emulator)).status);
  return result;
}
