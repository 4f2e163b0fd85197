import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { DescribeImageError } from '../../src/errors/errors.ts';
import { ids, testClient } from '../test-client.ts';
import { apiError, response, type Script, startFaultServer } from './fault-server.ts';

const CALLS = 100_000;
const IN_FLIGHT = 64;
const MAX_GROWTH_MIB = 4;

/** Every tenth request has the next of these. */
const FAULTS: readonly Script[] = [
  ({ socket }) => socket.resetAndDestroy(),
  ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"RequestId"'),
  ({ socket }) => socket.write(apiError('503 x', 'ServiceUnavailable')),
  ({ socket }) => socket.write(apiError('400 x', 'Throttling.User')),
  ({ socket }) => socket.write('HTTP/1.1 200 OK\nbroken\n\n'),
  ({ socket }) => socket.end(),
  ({ socket }) => socket.write(response('{"RequestId":"R","Da')),
];

function digestOf(tag: string): string {
  return tag.padStart(64, '0');
}

function heapMib(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

it('settles 100,000 calls with a fault in every tenth request, each with its own answer, in flat memory over 64 sockets', async () => {
  const server = await startFaultServer((request) => {
    const fault =
      request.index % 10 === 9 ? FAULTS[Math.floor(request.index / 10) % FAULTS.length] : undefined;
    if (fault !== undefined) return fault(request);
    const tag = /ImageTag=t(\d+)/.exec(request.head)?.[1] ?? '';
    request.socket.write(response(JSON.stringify({ RequestId: 'R', Data: { Digest: digestOf(tag) } })));
  });
  const client = testClient(`http://127.0.0.1:${server.port}`, { proxy: false });
  const outcomes = { answered: 0, failed: 0, wrong: 0 };
  const heap: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < CALLS) {
      const number = next++;
      if (number % 20_000 === 19_999) heap.push(heapMib());
      try {
        const { rawDigest } = await client.describeImage(ids(number));
        if (rawDigest === digestOf(String(number))) outcomes.answered++;
        else outcomes.wrong++;
      } catch (error) {
        expect(DescribeImageError.isInstance(error)).toBe(true);
        outcomes.failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));

  console.log(
    `${JSON.stringify(outcomes)}, heap in MiB after each 20,000 calls: ${heap.map((mib) => mib.toFixed(1)).join(', ')}`,
  );
  expect(outcomes.wrong).toBe(0);
  expect(outcomes.answered + outcomes.failed).toBe(CALLS);
  // With three retries, four faults in a row are needed to fail a call.
  expect(outcomes.failed).toBeLessThan(CALLS / 1000);
  expect(server.openSockets()).toBeLessThanOrEqual(IN_FLIGHT);
  expect(Math.max(...heap) - (heap[0] ?? 0)).toBeLessThan(MAX_GROWTH_MIB);
});
