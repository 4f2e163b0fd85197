import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Engine, startEngine } from './engine.mts';

/** An inventory of any size. The emulator filters and sorts all its images for each page, which takes too long here. */
let server: Server;
let engine: Engine;
let size = 50_000;
let moved: number | undefined;
const seen = { requests: 0, heapBytes: 0 };

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.requests++;
    seen.heapBytes = Math.max(seen.heapBytes, process.memoryUsage().heapUsed);
    const query = new URL(request.url ?? '', 'http://inventory').searchParams;
    const from = (Number(query.get('CurrentPage')) - 1) * 100;
    const rows = Array.from({ length: Math.max(Math.min(100, size - from), 0) }, (_, index) =>
      row(from + index),
    );
    const PageInfo = { CurrentPage: from / 100 + 1, PageSize: 100, TotalCount: size, Count: rows.length };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ RequestId: 'R', PageInfo, ImageInstanceList: rows }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listens on TCP
  engine = await startEngine({
    accessKeyId: 'id',
    accessKeySecret: 'secret',
    site: 'custom',
    endpoint: `http://127.0.0.1:${port}`,
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  Object.assign(seen, { requests: 0, heapBytes: 0 });
});

function row(index: number): object {
  return {
    RegionId: 'cn-hangzhou',
    InstanceId: 'cri-3xk9v2m7q4wz8d1p',
    RepoId: `crr-${index % 500}`,
    RepoNamespace: 'shop',
    RepoName: `service-${index % 500}`,
    Tag: `1.${index}.0-build.20260501`,
    Digest: index.toString(16).padStart(64, index === moved ? 'f' : '0'),
    ScaStatus: 'SUCCESS',
    LastScanTime: 1_767_225_600_000 + index,
    ImageUpdate: '1767225500000',
    VulCount: index % 40,
    AlarmCount: 0,
    HcCount: 3,
  };
}

it('watches 50,000 images within 8 MB of static data and 400 MB of memory', async () => {
  const trigger = engine.trigger({
    events: ['digestChanged', 'newTag', 'scanFinished', 'riskIncreased'],
    watch: 'filter',
    filters: {},
    options: { liveChecks: 0 },
  });
  const before = process.memoryUsage().heapUsed;
  expect(await trigger.poll()).toBeNull();
  moved = 49_999;
  expect(await trigger.poll()).toMatchObject([{ event: 'digestChanged', tag: '1.49999.0-build.20260501' }]);
  expect(await trigger.poll()).toBeNull();
  expect(seen.requests).toBe(1_500);
  expect(JSON.stringify(trigger.staticData).length).toBeLessThan(8_000_000);
  expect(seen.heapBytes - before).toBeLessThan(400_000_000);
}, 120_000);

it.each(['trigger', 'manual'] as const)(
  'refuses more images after one request with advice in the mode %s',
  async (mode) => {
    size = 50_001;
    const trigger = engine.trigger({ events: ['newTag'], watch: 'filter', filters: {} });
    await expect(trigger.poll(mode)).rejects.toMatchObject({
      message: 'A value is invalid',
      description: expect.stringContaining(
        'at most 50000 images, got 50001. Narrow the filters, or use several triggers.',
      ),
    });
    expect(seen.requests).toBe(1);
  },
);

it('reads one page for the sample of a manual run', async () => {
  size = 50_000;
  const trigger = engine.trigger({ events: ['newTag'], watch: 'filter', filters: {} });
  expect(await trigger.poll('manual')).toHaveLength(1);
  expect(seen.requests).toBe(1);
});
