import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { call, DIGEST_A, DIGEST_B, listRows, start } from './start.ts';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await start({ roles: [{ name: 'reader' }], metadata: { role: 'reader' } });
});
afterEach(() => emulator.close());

async function admin(method: string, path: string, body?: unknown) {
  const response = await fetch(`${emulator.url}/_emulator${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('the admin API', () => {
  it('lists its routes', async () => {
    const { body } = await admin('GET', '/');
    expect(body.routes).toContain('POST /_emulator/faults');
    for (const route of body.routes.filter((route: string) => route.startsWith('GET'))) {
      expect([route, (await admin('GET', route.slice('GET /_emulator'.length))).status]).toEqual([
        route,
        200,
      ]);
    }
  });

  it('pushes, moves and deletes tags', async () => {
    const pushed = await admin('POST', '/images', {
      repository: 'shop/checkout',
      tag: '2.0',
      digest: DIGEST_B,
    });
    expect(pushed).toMatchObject({ status: 201, body: { repoId: 'crr-test', digest: DIGEST_B } });
    await admin('DELETE', '/images', { tag: '1.0' });
    expect((await listRows(emulator)).map(({ Tag }) => Tag)).toEqual(['2.0']);
    expect((await admin('GET', '/images')).body.images).toHaveLength(2);
  });

  it('starts scans, synchronises the inventory and sets its churn', async () => {
    const started = await admin('POST', '/scans', { tag: '1.0', scan: { vulnerabilities: 1, step: '1s' } });
    expect(started).toMatchObject({ status: 201, body: { scanStatus: 'INIT' } });
    await admin('PUT', '/clock', { advanceMs: 11_000 });
    expect((await listRows(emulator))[0]).toMatchObject({ ScaStatus: 'SUCCESS', VulCount: 1 });
    expect((await admin('POST', '/inventory/sync')).status).toBe(204);
    expect((await admin('PUT', '/inventory/churn', { churn: 'grow' })).status).toBe(204);
    await listRows(emulator);
    expect(await listRows(emulator)).toHaveLength(2);
  });

  it('sets, freezes and resumes the clock', async () => {
    const moved = await admin('PUT', '/clock', { set: '2030-01-01T00:00:00Z' });
    expect(moved.body).toEqual({ now: '2030-01-01T00:00:00.000Z', frozen: true });
    expect((await call(emulator, undefined, { date: '2026-11-24T03:04:32Z' })).document.Code).toBe(
      'InvalidTimeStamp.Expired',
    );
    expect((await admin('PUT', '/clock', { frozen: false })).body.frozen).toBe(false);
    expect((await admin('GET', '/clock')).body.now).toMatch(/^2030-01-01T00:0/);
  });

  it('adds, lists and clears faults', async () => {
    const { body } = await admin('POST', '/faults', {
      times: 1,
      effect: { kind: 'error', code: 'ServiceUnavailable' },
    });
    expect(body).toEqual({ id: 1 });
    expect((await call(emulator)).status).toBe(503);
    expect((await admin('GET', '/faults')).body.faults).toMatchObject([{ id: 1, applied: 1 }]);
    expect((await admin('DELETE', '/faults/1')).status).toBe(204);
    expect((await admin('DELETE', '/faults/1')).status).toBe(404);
    expect((await admin('DELETE', '/faults')).status).toBe(204);
  });

  it('returns and clears the request log, without signatures', async () => {
    await call(emulator);
    const { body } = await admin('GET', '/requests');
    expect(body.requests).toMatchObject([
      { sequence: 1, operation: 'DescribeImage', accessKeyId: 'testid', status: 200 },
    ]);
    expect(body.requests[0].headers.authorization).toBe('[redacted]');
    await admin('DELETE', '/requests');
    expect(emulator.requests).toEqual([]);
  });

  it('changes the settings of the metadata service', async () => {
    expect((await admin('PUT', '/metadata', { v1: false })).body).toMatchObject({
      role: 'reader',
      v1: false,
      v2: true,
    });
    await admin('PUT', '/metadata', { role: null });
    expect((await fetch(emulator.credentialsUri)).status).toBe(404);
  });

  it('takes and restores a snapshot, and resets', async () => {
    const { body: snapshot } = await admin('GET', '/snapshot');
    await admin('POST', '/images', { tag: '1.0', digest: DIGEST_B });
    expect((await admin('PUT', '/snapshot', snapshot)).status).toBe(204);
    expect((await call(emulator)).document.Data.Digest).toBe(DIGEST_A);
    await admin('POST', '/images', { tag: '1.0', digest: DIGEST_B });
    expect((await admin('POST', '/reset')).status).toBe(204);
    expect((await call(emulator)).document.Data.Digest).toBe(DIGEST_A);
  });

  it('does not log its own requests', async () => {
    await admin('GET', '/images');
    expect(emulator.requests).toEqual([]);
  });

  it.each<[string, string, string, unknown, number, string]>([
    ['a body that is not JSON', 'POST', '/images', '{', 400, 'must be JSON'],
    ['a missing field, naming it', 'POST', '/images', {}, 400, 'body.tag'],
    ['an unknown field', 'POST', '/images', { tag: '1.0', colour: 'red' }, 400, 'colour'],
    ['an invalid digest', 'POST', '/images', { tag: '1.0', digest: 'x' }, 400, '64 lower-case hex digits'],
    [
      'a repository that does not exist',
      'POST',
      '/images',
      { tag: '1.0', repository: 'a/b' },
      400,
      'no repository matches',
    ],
    ['an unknown fault', 'POST', '/faults', { effect: { kind: 'x' } }, 400, 'fault.effect'],
    ['an invalid time', 'PUT', '/clock', { set: 'noon' }, 400, 'body'],
    ['an invalid snapshot', 'PUT', '/snapshot', { version: 2 }, 400, 'snapshot.version'],
    [
      'a scan state that does not exist',
      'POST',
      '/scans',
      { tag: '1.0', scan: { haltAt: 'NOWHERE' } },
      400,
      'body.scan.haltAt',
    ],
    ['a path that does not exist', 'GET', '/nothing', undefined, 404, 'no GET /_emulator/nothing'],
    ['the wrong method', 'DELETE', '/clock', undefined, 404, 'no DELETE /_emulator/clock'],
  ])('rejects %s', async (_what, method, path, body, status, message) => {
    const answer = await admin(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(message);
  });
});

describe('the admin API', () => {
  it.each([
    ['rejects a host name that is not loopback (DNS rebinding)', { host: 'evil.example' }, 403],
    ['rejects a page of another origin', { origin: 'https://evil.example' }, 403],
    ['rejects an opaque origin', { origin: 'null' }, 403],
    ['answers localhost', { host: 'localhost:1234' }, 200],
    ['answers a page of its own origin', { origin: 'http://127.0.0.1:5173' }, 200],
  ])('%s', async (_sentence, headers, status) => {
    expect(await statusWith(headers)).toBe(status);
  });

  it('does not reset for a request with a foreign host name', async () => {
    emulator.state.push({ tag: '1.0' }, DIGEST_B);
    expect(await statusWith({ host: 'evil.example' }, 'POST', '/reset')).toBe(403);
    expect((await call(emulator)).document.Data.Digest).toBe(DIGEST_B);
  });

  function statusWith(
    headers: Record<string, string>,
    method = 'GET',
    path = '/clock',
  ): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      httpRequest(`${emulator.url}/_emulator${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
});

describe('the request log of the admin API', () => {
  it('is filtered by operation', async () => {
    await call(emulator);
    await listRows(emulator);
    await call(emulator);
    const { body } = await admin('GET', '/requests?operation=DescribeImage');
    expect(body.requests.map(({ sequence }: { sequence: number }) => sequence)).toEqual([1, 3]);
    expect((await admin('GET', '/requests')).body.requests).toHaveLength(3);
  });

  it.each([
    ['an unknown operation', '?operation=DescribeImages', 'operation: must be one of DescribeImage, '],
    ['an unknown parameter', '?action=DescribeImage', 'unknown parameter "action"'],
  ])('rejects %s', async (_what, query, message) => {
    const { status, body } = await admin('GET', `/requests${query}`);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
  });
});

describe('a registry that is added while the emulator runs', () => {
  const registry = {
    regionId: 'cn-beijing',
    instanceId: 'cri-new',
    domains: { internet: ['new.cn-beijing.cr.aliyuncs.com'] },
    repositories: [
      {
        repoId: 'crr-new',
        namespace: 'shop',
        name: 'api',
        tags: [
          {
            tag: '1',
            history: [{ at: '-1h', digest: DIGEST_B }],
            scans: [{ startedAt: '-30m', vulnerabilities: 2 }],
          },
        ],
      },
      { repoId: 'crr-empty', namespace: 'shop', name: 'web', tags: [] },
    ],
  };
  const ids = {
    ImageRegionId: 'cn-beijing',
    ImageInstanceId: 'cri-new',
    ImageRepoId: 'crr-new',
    ImageTag: '1',
  };

  it('has its tags, scans and empty repositories', async () => {
    expect((await admin('POST', '/registries', registry)).status).toBe(204);
    expect((await call(emulator, ids)).document.Data.Digest).toBe(DIGEST_B);
    const row = (await listRows(emulator)).find(({ InstanceId }) => InstanceId === 'cri-new');
    expect(row).toMatchObject({ RepoName: 'api', VulCount: 2, ScaStatus: 'SUCCESS' });
    await admin('POST', '/images', { repository: 'shop/web', tag: '1', digest: DIGEST_A });
    expect(await listRows(emulator)).toHaveLength(3);
  });

  it('gets further repositories, with the domains of the instance', async () => {
    await admin('POST', '/registries', registry);
    const more = {
      regionId: 'cn-beijing',
      instanceId: 'cri-new',
      repositories: [{ repoId: 'crr-2', namespace: 'shop', name: 'jobs', tags: [] }],
    };
    expect((await admin('POST', '/registries', more)).status).toBe(204);
    await admin('POST', '/images', { repository: 'shop/jobs', tag: '1' });
    const row = (await listRows(emulator)).find(({ RepoName }) => RepoName === 'jobs');
    expect(row?.['Endpoints']).toContain('new.cn-beijing.cr.aliyuncs.com');
  });

  it('is part of snapshots and removed by a reset', async () => {
    await admin('POST', '/registries', registry);
    const { body: snapshot } = await admin('GET', '/snapshot');
    await admin('POST', '/reset');
    expect((await call(emulator, ids)).document).not.toHaveProperty('Data');
    expect((await admin('POST', '/images', { repository: 'shop/web', tag: '1' })).status).toBe(400);
    await admin('PUT', '/snapshot', snapshot);
    expect((await call(emulator, ids)).document.Data.Digest).toBe(DIGEST_B);
    expect((await admin('POST', '/images', { repository: 'shop/web', tag: '1' })).status).toBe(201);
  });

  it('is rejected with a repository that exists, and with an unknown member', async () => {
    await admin('POST', '/registries', registry);
    const again = await admin('POST', '/registries', registry);
    expect(again.body.error.message).toBe('registry: cri-new can have one repository crr-new, got another');
    const wrong = await admin('POST', '/registries', { ...registry, region: 'cn-beijing' });
    expect([wrong.status, wrong.body.error.message]).toEqual([400, expect.stringContaining('region')]);
  });
});

it('restores a snapshot of 50,000 images', async () => {
  const { body: snapshot } = await admin('GET', '/snapshot');
  const [record] = snapshot.world.records;
  const records = Array.from({ length: 50_000 }, (_, index) => ({ ...record, tag: `t${index}` }));
  const answer = await admin('PUT', '/snapshot', { ...snapshot, world: { ...snapshot.world, records } });
  expect(answer).toEqual({ status: 204, body: undefined });
  expect(emulator.state.images()).toHaveLength(50_000);
}, 60_000);
