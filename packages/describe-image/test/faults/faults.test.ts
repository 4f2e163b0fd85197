import { afterAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/create-client.ts';
import { DescribeImageError } from '../../src/errors/errors.ts';
import { rawOperation } from '../../src/operations/index.ts';
// Loaded before the first test, whose attempts are limited to less than the loading can take.
import '../../src/transport/node/http-route.ts';
import '../../src/transport/node/open-route.ts';
import { credentials, ids, testClient } from '../test-client.ts';
import { apiError, type FaultServer, GOOD, startFaultServer } from './fault-server.ts';
import { FAULTS } from './faults.ts';
import { fixture, optionsFor, TRANSPORTS, type TransportName } from './transports.ts';

/** Long enough for an answer from a busy machine. */
const ATTEMPT_TIMEOUT_MS = 100;
/** For calls whose attempts all time out. */
const SHORT_TIMEOUT_MS = 40;

interface Outcome {
  readonly outcome: string;
  readonly attempts: number;
  readonly milliseconds: number;
}

/** One line for each fault and transport, printed at the end. */
const report: string[] = [];
afterAll(() => {
  console.log(
    `${'transport'.padEnd(10)}${'outcome'.padEnd(12)}attempts      ms  sockets  timers  fault\n${report.join('\n')}`,
  );
});

async function outcomeOf(call: Promise<{ readonly attempts: number }>): Promise<Outcome> {
  const startedAt = performance.now();
  const [outcome, attempts] = await call.then(
    (answer) => ['answer', answer.attempts] as const,
    (error: unknown) => {
      if (!DescribeImageError.isInstance(error)) throw error;
      return [error.code, error.attempts] as const;
    },
  );
  return { outcome, attempts, milliseconds: performance.now() - startedAt };
}

/** Closes the client, and counts its sockets and timers that are still there a moment later. */
async function leaksOf(
  name: TransportName,
  client: Client,
  server: FaultServer | undefined,
  timersBefore: number,
) {
  client.close();
  // The sockets of fetch and undici belong to their dispatcher.
  const ownsSockets = name === 'sockets' || name === 'node:http';
  const count = () => ({
    sockets: ownsSockets ? (server?.openSockets() ?? 0) : 0,
    timers: Math.max(timerCount() - timersBefore, 0),
  });
  for (let round = 0; round < 100 && count().sockets + count().timers > 0; round++)
    await new Promise((resolve) => setTimeout(resolve, 5).unref());
  return count();
}

function timerCount(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}

async function check(
  fault: string,
  name: TransportName,
  client: Client,
  server: FaultServer | undefined,
  expected: { readonly outcome: string; readonly attempts: number },
  call: (client: Client) => Promise<{ readonly attempts: number }> = (used) => used.describeImage(ids(1)),
): Promise<void> {
  const timersBefore = timerCount();
  const { outcome, attempts, milliseconds } = await outcomeOf(call(client));
  const leaked = await leaksOf(name, client, server, timersBefore);
  report.push(
    `${name.padEnd(10)}${outcome.padEnd(12)}${String(attempts).padStart(8)}${milliseconds.toFixed(0).padStart(8)}${String(leaked.sockets).padStart(9)}${String(leaked.timers).padStart(8)}  ${fault}`,
  );
  expect({ outcome, attempts, leaked }).toEqual({
    outcome: expected.outcome,
    attempts: expected.attempts,
    leaked: { sockets: 0, timers: 0 },
  });
}

describe.each(TRANSPORTS)('over %s', (name) => {
  it.each(FAULTS)('ends a call that meets $name with $outcome after $attempts attempts', async (fault) => {
    const server = await startFaultServer(fault.script, { onConnection: fault.onConnection });
    const timesOut = fault.outcome === 'Timeout';
    const hangs = timesOut || fault.name.startsWith('one hang');
    const client = testClient(`http://127.0.0.1:${server.port}`, {
      ...optionsFor(name),
      ...(hangs && { attemptTimeoutMs: timesOut ? SHORT_TIMEOUT_MS : ATTEMPT_TIMEOUT_MS }),
    });
    for (let number = 0; number < (fault.callsBefore ?? 0); number++) {
      await client.describeImage(ids(100 + number));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await check(fault.name, name, client, server, { ...fault, ...fault.except?.[name] });
    if (!hangs && fault.outcome !== 'answer' && fault.onConnection === undefined)
      expect(server.requests()).toBe(fault.attempts);
  });

  it('does not repeat a write whose connection the server closes as the request arrives', async () => {
    const server = await startFaultServer(({ socket, indexOnSocket }) => {
      if (indexOnSocket === 0) socket.write(GOOD);
      else socket.destroy();
    });
    const client = testClient(`http://127.0.0.1:${server.port}`, optionsFor(name));
    await client.describeImage(ids());
    await new Promise((resolve) => setTimeout(resolve, 20));
    const write = rawOperation('PublicCreateImageScanTask');
    await check(
      'a write on a closing connection',
      name,
      client,
      server,
      { outcome: 'Network', attempts: 1 },
      (used) => used.call(write, {}),
    );
  });

  it('ends a call to a name that does not resolve with Network after 2 attempts', async () => {
    // A label of 64 characters is no name: the resolver rejects it without the network.
    const client = testClient(`http://${'a'.repeat(64)}.example`, { ...optionsFor(name), maxRetries: 1 });
    await check('a name that does not resolve', name, client, undefined, { outcome: 'Network', attempts: 2 });
  });

  it('answers every call of a batch whose token expires', async () => {
    let accepted = 0;
    const server = await startFaultServer(({ socket, head }) => {
      const isOld = head.includes('x-acs-security-token: old');
      if (isOld && ++accepted > 20) socket.write(apiError('400 x', 'InvalidSecurityToken.Expired'));
      else socket.write(GOOD);
    });
    const client = testClient(`http://127.0.0.1:${server.port}`, {
      ...optionsFor(name),
      concurrency: 8,
      credentials: ({ expired } = {}) => ({
        ...credentials,
        securityToken: expired === undefined ? 'old' : 'new',
      }),
    });
    await check(
      'a token that expires within a batch',
      name,
      client,
      server,
      { outcome: 'answer', attempts: 100 },
      async () => {
        const answers = await Promise.all(
          Array.from({ length: 100 }, (_, index) => client.describeImage(ids(index))),
        );
        return { attempts: answers.length };
      },
    );
  });

  it('accounts for every call of a throttling storm', async () => {
    const server = await startFaultServer(({ socket, index }) => {
      socket.write(index % 3 === 0 ? apiError('400 x', 'Throttling.User') : GOOD);
    });
    const client = testClient(`http://127.0.0.1:${server.port}`, optionsFor(name));
    await check(
      'a storm of throttling',
      name,
      client,
      server,
      { outcome: 'answer', attempts: 300 },
      async () => {
        const calls = Array.from({ length: 300 }, (_, index) => client.describeImage(ids(index)));
        const settled = await Promise.allSettled(calls);
        for (const { status, reason } of settled as { status: string; reason?: unknown }[])
          if (status === 'rejected') expect(reason).toMatchObject({ code: 'Throttling' });
        return { attempts: settled.length };
      },
    );
  });
});

describe.each(['sockets', 'node:http', 'undici'] as const)('over %s with TLS', (name) => {
  const good = { key: fixture('loopback-key'), cert: fixture('loopback-cert') };
  const expired = { key: fixture('loopback-key'), cert: fixture('expired-cert') };
  const trusting = { ca: good.cert };
  const ofClient = { cert: fixture('client-cert'), key: fixture('client-key'), passphrase: 'testpassphrase' };
  const demanding = { ...good, requestCert: true, rejectUnauthorized: true, ca: ofClient.cert };

  it.each([
    ['a trusted certificate', 'answer', good, trusting],
    ['an unknown authority', 'Network', good, {}],
    ['another host’s certificate', 'Network', good, { ...trusting, servername: 'other.example.test' }],
    ['an expired certificate', 'Network', expired, { ca: expired.cert }],
    [
      'TLS 1.2 where 1.3 is the minimum',
      'Network',
      { ...good, maxVersion: 'TLSv1.2' },
      { ...trusting, minVersion: 'TLSv1.3' },
    ],
    ['a demand for the client’s certificate', 'answer', demanding, { ...trusting, ...ofClient }],
    ['a demand for a certificate that the client lacks', 'Network', demanding, trusting],
  ] as const)('ends a call to a server with %s with %s', async (what, outcome, serverTls, clientTls) => {
    const server = await startFaultServer(({ socket }) => socket.write(GOOD), { tls: serverTls });
    const client = testClient(`https://127.0.0.1:${server.port}`, {
      ...optionsFor(name, clientTls),
      maxRetries: 1,
    });
    const attempts = outcome === 'answer' ? 1 : 2;
    await check(what, name, client, server, { outcome, attempts });
    expect(server.requests()).toBe(outcome === 'answer' ? 1 : 0);
  });
});
