import { expect, it } from 'vitest';
import { createClientOn } from '../src/client/create-client.ts';
import { NetworkError } from '../src/errors/errors.ts';
import type { HttpResponse } from '../src/protocol/request.ts';
import type { Receiver, Transport } from '../src/transport/transport.ts';
import { HEX } from './scripted-server.ts';
import { credentials, ids, testRuntime } from './test-client.ts';

const answer = (status: number, document: object): HttpResponse => ({
  status,
  header: () => undefined,
  body: JSON.stringify(document),
});
const DIGEST = answer(200, { RequestId: 'R', Data: { Digest: HEX } });
function deny(receiver: Receiver): void {
  receiver.onResponse(answer(403, { Code: 'NoPermission' }));
}

const FAULTS: readonly ((receiver: Receiver) => void)[] = [
  (receiver) => receiver.onError(new NetworkError('the connection was cut')),
  (receiver) => receiver.onResponse(answer(503, { Code: 'ServiceUnavailable' })),
  (receiver) => receiver.onResponse(answer(400, { Code: 'Throttling.User' })),
  (receiver) => receiver.onResponse({ ...DIGEST, body: DIGEST.body.slice(0, 30) }),
  deny,
];

/** Every tenth exchange has the next of the faults. Exchanges end in a later turn of the event loop. */
function faultyTransport(): Transport & {
  readonly exchanges: () => number;
  readonly denials: () => number;
  readonly open: () => number;
} {
  let started = 0;
  let open = 0;
  let denials = 0;
  return {
    exchanges: () => started,
    denials: () => denials,
    open: () => open,
    start(_request, receiver) {
      const number = started++;
      open++;
      let isCancelled = false;
      setImmediate(() => {
        open--;
        if (isCancelled) return;
        const fault = number % 10 === 9 ? FAULTS[((number - 9) / 10) % FAULTS.length] : undefined;
        if (fault === deny) denials++;
        if (fault === undefined) receiver.onResponse(DIGEST);
        else fault(receiver);
      });
      return {
        cancel() {
          isCancelled = true;
        },
      };
    },
  };
}

const CALLS = 20_000;
const IN_FLIGHT = 64;

it('counts every attempt of 20,000 calls, a tenth of them with a fault, and leaves no exchange open', async () => {
  const transport = faultyTransport();
  const client = createClientOn(testRuntime({ openTransport: () => transport }), {
    credentials,
    endpoint: 'https://sas.example',
  });
  const outcomes = { answered: 0, rejected: 0, attempts: 0 };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < CALLS)
      await client.describeImage(ids(next++)).then(
        ({ attempts }) => {
          outcomes.answered++;
          outcomes.attempts += attempts;
        },
        ({ code, attempts }) => {
          expect(code).toBe('Permission');
          outcomes.rejected++;
          outcomes.attempts += attempts;
        },
      );
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));

  expect(outcomes.answered + outcomes.rejected).toBe(CALLS);
  expect(outcomes.attempts).toBe(transport.exchanges());
  // A denial ends its call; every other fault is retried.
  expect(outcomes.rejected).toBe(transport.denials());
  expect(transport.open()).toBe(0);
  client.close();
});
