import { describe, expect, it } from 'vitest';
import { refreshing } from '../src/credentials/index.ts';
import { CredentialsError } from '../src/errors/errors.ts';
import { describeImageOperation } from '../src/operations/index.ts';
import type { CredentialRequest, Credentials } from '../src/protocol/index.ts';
import { HEX, sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, ids, testClient, testRuntime } from './test-client.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

describe('a client whose clock is wrong', () => {
  it('corrects the clock by the Date header without a retry', async () => {
    const server = await startServer((request, response) => {
      const theirs = NOW + HOUR;
      const skew = Math.abs(Date.parse(String(request.headers['x-acs-date'])) - theirs);
      if (skew > 900_000)
        sendError(response, 400, 'InvalidTimeStamp.Expired', { date: new Date(theirs).toUTCString() });
      else sendDigest(response);
    });
    const client = testClient(server.url, { maxRetries: 0 }, testRuntime({ now: () => NOW }));
    expect(client.clockOffsetMs).toBe(0);
    expect(await client.describeImage(ids())).toMatchObject({ attempts: 2, observedAt: new Date(NOW) });
    expect(client.clockOffsetMs).toBe(HOUR);
    await client.describeImage(ids());
    expect(server.received).toHaveLength(3);
    expect(server.received[2]?.headers['x-acs-date']).toBe('2026-01-01T13:00:00Z');
  });

  it('corrects the clock once for fifty calls at once', async () => {
    let rejected = 0;
    const server = await startServer((request, response) => {
      const skew = Math.abs(Date.parse(String(request.headers['x-acs-date'])) - (NOW + HOUR));
      // Each answer has another time: a second correction would change the offset again.
      if (skew > 900_000)
        sendError(response, 400, 'InvalidTimeStamp.Expired', {
          date: new Date(NOW + HOUR + 5000 * rejected++).toUTCString(),
        });
      else sendDigest(response);
    });
    const offsets = new Set<number>();
    const client = testClient(
      server.url,
      { maxRetries: 0, onRequest: () => offsets.add(client.clockOffsetMs) },
      testRuntime({ now: () => NOW }),
    );
    const images = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client.describeImage(ids(index))),
    );
    expect(images).toHaveLength(50);
    expect([...offsets]).toEqual([0, client.clockOffsetMs]);
    expect(server.received.length).toBe(50 + rejected);
    expect(rejected).toBeLessThanOrEqual(50);
  });

  it('reports how far the clocks are apart when the corrected date is rejected too', async () => {
    let clock = NOW + HOUR;
    const server = await startServer((_, response) => {
      clock += HOUR;
      sendError(response, 400, 'InvalidTimeStamp.Expired', { date: new Date(clock).toUTCString() });
    });
    const error = await failure(
      testClient(server.url, {}, testRuntime({ now: () => NOW })).describeImage(ids()),
    );
    expect(error).toMatchObject({
      code: 'ClockSkew',
      attempts: 2,
      serverTimeMs: NOW + 3 * HOUR,
      offsetMs: 3 * HOUR,
      retryable: false,
    });
  });

  it.each([
    ['no readable Date header', { date: 'noon' }],
    ['a Date header that agrees with ours', { date: new Date(NOW).toUTCString() }],
  ])('does not correct the clock with %s', async (_what, headers) => {
    const server = await startServer((_, response) => sendError(response, 400, 'IllegalTimestamp', headers));
    const client = testClient(server.url, {}, testRuntime({ now: () => NOW }));
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'ClockSkew', attempts: 1 });
    expect(client.clockOffsetMs).toBe(0);
  });
});

describe('a client', () => {
  it('asks the provider before every attempt, so that rotated keys are used', async () => {
    let asked = 0;
    const server = await startServer((_, response, index) =>
      index === 0 ? sendError(response, 500, 'ServerError') : sendDigest(response),
    );
    const provider = async (): Promise<Credentials> => ({ ...credentials, securityToken: `token${++asked}` });
    await testClient(server.url, { credentials: provider }).describeImage(ids());
    expect(server.received.map(({ headers }) => headers['x-acs-security-token'])).toEqual([
      'token1',
      'token2',
    ]);
  });

  it('asks the provider once more with the credentials that the service called expired', async () => {
    const requests: (CredentialRequest | undefined)[] = [];
    const server = await startServer((request, response) =>
      request.headers['x-acs-security-token'] === 'new'
        ? sendDigest(response)
        : sendError(response, 400, 'InvalidSecurityToken.Expired'),
    );
    const provider = (request?: CredentialRequest): Credentials => {
      requests.push(request);
      return { ...credentials, securityToken: request?.expired === undefined ? 'old' : 'new' };
    };
    const client = testClient(server.url, { credentials: provider, maxRetries: 0 });
    expect(await client.describeImage(ids())).toMatchObject({ attempts: 2 });
    expect(requests.map((request) => request?.expired?.securityToken)).toEqual([undefined, 'old']);
  });

  it('rejects after the second attempt when the credentials are still expired', async () => {
    const server = await startServer((_, response) =>
      sendError(response, 400, 'InvalidSecurityToken.Expired'),
    );
    const provider = (): Credentials => ({ ...credentials });
    const client = testClient(server.url, { credentials: provider });
    expect(await failure(client.describeImage(ids()))).toMatchObject({
      code: 'Credentials',
      apiCode: 'InvalidSecurityToken.Expired',
      attempts: 2,
    });
  });

  it('does not send expired credentials again when there are no others', async () => {
    const server = await startServer((_, response) =>
      sendError(response, 400, 'InvalidSecurityToken.Expired'),
    );
    expect(await failure(testClient(server.url).describeImage(ids()))).toMatchObject({
      code: 'Credentials',
      apiCode: 'InvalidSecurityToken.Expired',
      attempts: 1,
    });
    expect(server.received).toHaveLength(1);
  });

  it('stops waiting for credentials at the total or at the signal', async () => {
    const provider = (): Promise<Credentials> => new Promise(() => {});
    const options = { credentials: provider, shareEqualReads: false, totalTimeoutMs: 40 };
    const late = await failure(testClient('https://sas.example', options).describeImage(ids()));
    expect(late).toMatchObject({ code: 'Timeout', attempts: 0, message: 'no credentials within 40 ms' });

    const controller = new AbortController();
    const withoutLimit = testClient('https://sas.example', { ...options, totalTimeoutMs: 3_600_000 });
    const aborted = failure(withoutLimit.describeImage(ids(), { signal: controller.signal }));
    controller.abort('enough');
    expect(await aborted).toMatchObject({ code: 'Abort', cause: 'enough', attempts: 0 });
  });

  it('waits for credentials longer than for one attempt', async () => {
    const provider = async (): Promise<Credentials> => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return credentials;
    };
    const fetched = { status: 200, header: () => undefined, body: `{"Data":{"Digest":"${HEX}"}}` };
    const client = testClient('https://sas.example', {
      credentials: provider,
      attemptTimeoutMs: 1,
      maxRetries: 0,
      send: async () => fetched,
    });
    expect(await client.describeImage(ids())).toMatchObject({ attempts: 1 });
  });

  it.each([
    ['an empty secret', { accessKeyId: 'k', accessKeySecret: '' }, 'accessKeySecret'],
    ['a line end after the id', { accessKeyId: 'k\n', accessKeySecret: 's' }, 'accessKeyId'],
    [
      'a blank in the token',
      { accessKeyId: 'k', accessKeySecret: 's', securityToken: 'a b' },
      'securityToken',
    ],
    ['a secret that is no text', { accessKeyId: 'k', accessKeySecret: 5 as never }, 'accessKeySecret'],
  ])('rejects credentials with %s before sending and names the field', async (_what, keys, field) => {
    const server = await startServer((_, response) => sendDigest(response));
    const error = await failure(testClient(server.url, { credentials: keys }).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Credentials', attempts: 0 });
    expect(error.message).toContain(field);
    expect(server.received).toHaveLength(0);
  });

  it('reports a failing provider without its message', async () => {
    const provider = (): never => {
      throw new SyntaxError('config.json: {"access_key_secret":"hunter2"');
    };
    const error = await failure(
      testClient('http://127.0.0.1:1', { credentials: provider }).describeImage(ids()),
    );
    expect(error).toMatchObject({ code: 'Credentials', attempts: 0 });
    expect(error.message).toContain('SyntaxError');
    expect(error.message).not.toContain('hunter2');
  });
});

describe('a provider of credentials that fails', () => {
  it.each([
    ['a connection fault', systemError('ECONNREFUSED', 'connect'), true, 'connect ECONNREFUSED'],
    ['a missing file', systemError('ENOENT', 'open'), false, 'open ENOENT'],
    ['an error of its own', Object.assign(new Error('key hunter2'), { code: 'E_CONFIG' }), false, 'E_CONFIG'],
    ['an error without a code', new RangeError('key hunter2'), false, 'RangeError'],
  ])(
    'keeps a cause without secrets and marks whether it is retryable, for %s',
    async (_what, cause, retryable, message) => {
      const client = testClient('https://sas.example', { credentials: () => Promise.reject(cause) });
      const error = await failure(client.describeImage(ids()));
      expect(error).toMatchObject({ code: 'Credentials', attempts: 0, retryable, cause: { message } });
      expect(`${error.message} ${error.stack} ${JSON.stringify(error.cause)}`).not.toContain('hunter2');
    },
  );

  it.each([[undefined], [null], ['keys'], [5]])(
    'rejects the call if it returns %s instead of credentials',
    async (given) => {
      const client = testClient('https://sas.example', { credentials: () => given as never });
      expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Credentials', attempts: 0 });
    },
  );

  it.each([[undefined], [null], ['keys'], [5]])(
    'rejects the call if its promise resolves to %s',
    async (given) => {
      const client = testClient('https://sas.example', {
        credentials: () => Promise.resolve(given as never),
      });
      const failures = [client.describeImage(ids()), client.explain(describeImageOperation, ids())];
      for (const error of await Promise.all(failures.map(failure)))
        expect(error).toMatchObject({ code: 'Credentials', attempts: 0 });
    },
  );

  it('rejects each call with its own error, also if calls and clients share one provider', async () => {
    const shared = refreshing(() => Promise.reject(new CredentialsError('no keys')));
    const clients = ['https://a.example', 'https://a.example', 'https://b.example'].map((endpoint) =>
      testClient(endpoint, { credentials: shared }),
    );
    const errors = await Promise.all(clients.map((client) => failure(client.describeImage(ids()))));
    expect(new Set(errors).size).toBe(3);
    expect(errors.map(({ endpoint }) => endpoint)).toEqual(['a.example', 'a.example', 'b.example']);
  });
});

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}
