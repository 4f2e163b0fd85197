import { describe, expect, it } from 'vitest';
import type { Emulator, Seed } from '../src/index.ts';
import { call, emulatorTime, IMAGE, start } from './start.ts';

const instance: Seed = { roles: [{ name: 'reader' }], metadata: { role: 'reader' } };
const ROLES = '/latest/meta-data/ram/security-credentials/';

async function get(emulator: Emulator, path: string, token?: string) {
  const headers = token === undefined ? {} : { 'x-aliyun-ecs-metadata-token': token };
  const response = await fetch(`${emulator.metadataUrl}${path}`, { headers });
  return { status: response.status, body: await response.text() };
}

async function getToken(emulator: Emulator, ttl = '21600') {
  const headers = { 'X-aliyun-ecs-metadata-token-ttl-seconds': ttl };
  const response = await fetch(`${emulator.metadataUrl}/latest/api/token`, { method: 'PUT', headers });
  return { status: response.status, body: await response.text() };
}

async function describeImage(emulator: Emulator, credentials: Record<string, string>) {
  return await call(emulator, IMAGE, {
    accessKeyId: credentials['AccessKeyId'] ?? '',
    accessKeySecret: credentials['AccessKeySecret'] ?? '',
    securityToken: credentials['SecurityToken'] ?? '',
  });
}

describe('instance metadata', () => {
  it('returns a token, the name of the role, and credentials that DescribeImage accepts', async () => {
    await using emulator = await start(instance);
    const token = (await getToken(emulator)).body;
    expect(await get(emulator, ROLES, token)).toEqual({ status: 200, body: 'reader' });
    const { body } = await get(emulator, `${ROLES}reader`, token);
    expect(JSON.parse(body)).toEqual({
      Code: 'Success',
      AccessKeyId: expect.stringMatching(/^STS\./),
      AccessKeySecret: expect.any(String),
      SecurityToken: expect.stringMatching(/^CAIS/),
      Expiration: '2026-11-24T09:04:32Z',
      LastUpdated: '2026-11-24T03:04:32Z',
    });
    expect((await describeImage(emulator, JSON.parse(body))).status).toBe(200);
  });

  it('answers without a token unless v1 is off', async () => {
    await using emulator = await start(instance);
    expect((await get(emulator, ROLES)).status).toBe(200);
    emulator.metadata.configure({ v1: false });
    expect((await get(emulator, ROLES)).status).toBe(403);
    expect((await get(emulator, ROLES, (await getToken(emulator)).body)).status).toBe(200);
  });

  it('issues no tokens when v2 is off', async () => {
    await using emulator = await start({ ...instance, metadata: { role: 'reader', v2: false } });
    expect((await getToken(emulator)).status).toBe(404);
    expect((await get(emulator, `${ROLES}reader`)).status).toBe(200);
  });

  it('rejects earlier tokens when v2 is off', async () => {
    await using emulator = await start(instance);
    const token = (await getToken(emulator)).body;
    emulator.metadata.configure({ v2: false });
    expect((await get(emulator, ROLES, token)).status).toBe(403);
  });

  it('rejects an unknown token and an expired one', async () => {
    await using emulator = await start(instance);
    expect((await get(emulator, ROLES, 'made-up')).status).toBe(403);
    const token = (await getToken(emulator, '60')).body;
    emulator.clock.advance(59_999);
    expect((await get(emulator, ROLES, token)).status).toBe(200);
    emulator.clock.advance(1);
    expect((await get(emulator, ROLES, token)).status).toBe(403);
  });

  it('rejects with the assumed status', async () => {
    await using emulator = await start(instance, { assumptions: { metadataRefusalStatus: '401' } });
    expect((await get(emulator, ROLES, 'made-up')).status).toBe(401);
  });

  it.each(['0', '21601', 'long', ''])('issues no token for %s seconds', async (ttl) => {
    await using emulator = await start(instance);
    expect((await getToken(emulator, ttl)).status).toBe(400);
  });

  it.each([
    ['another role', instance, `${ROLES}other`],
    ['an instance without a role', {}, ROLES],
    ['another path', instance, '/latest/meta-data/instance-id'],
  ])('answers 404 for %s', async (_what, seed, path) => {
    await using emulator = await start(seed);
    expect((await get(emulator, path)).status).toBe(404);
  });

  it('returns the same credentials until half an hour before they expire', async () => {
    await using emulator = await start(instance);
    const current = async () => JSON.parse((await get(emulator, `${ROLES}reader`)).body);
    const first = await current();
    emulator.clock.advance(5.5 * 3_600_000 - 1);
    expect(await current()).toEqual(first);
    emulator.clock.advance(1);
    const second = await current();
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId);
    expect((await describeImage(emulator, first)).status, 'the old ones are still good').toBe(200);
    emulator.clock.advance(1_800_000);
    expect((await describeImage(emulator, first)).document.Code).toBe('InvalidSecurityToken.Expired');
    expect((await describeImage(emulator, second)).status).toBe(200);
  });

  it('logs its requests, and applies fault rules', async () => {
    await using emulator = await start(instance);
    emulator.faults.add({
      operation: 'GetMetadataToken',
      times: 1,
      effect: { kind: 'empty-body', status: 405 },
    });
    emulator.faults.add({
      operation: 'GetMetadataCredentials',
      times: 1,
      effect: { kind: 'html', status: 500 },
    });
    expect((await getToken(emulator)).status).toBe(405);
    const token = (await getToken(emulator)).body;
    await get(emulator, ROLES, token);
    expect((await get(emulator, `${ROLES}reader`, token)).status).toBe(500);
    expect((await get(emulator, `${ROLES}reader`, token)).status).toBe(200);
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([
      'GetMetadataToken',
      'GetMetadataToken',
      'ListMetadataRoles',
      'GetMetadataCredentials',
      'GetMetadataCredentials',
    ]);
    expect(JSON.stringify(emulator.requests)).not.toContain(token);
  });
});

describe('the credentials URI', () => {
  it('returns credentials that DescribeImage accepts', async () => {
    await using emulator = await start(instance);
    const response = await fetch(emulator.credentialsUri);
    expect(response.headers.get('content-type')).toBe('application/json');
    const credentials = await response.json();
    expect(credentials).toMatchObject({ Code: 'Success', Expiration: '2026-11-24T09:04:32Z' });
    expect((await describeImage(emulator, credentials as Record<string, string>)).status).toBe(200);
    expect(emulator.requests[0]?.operation).toBe('GetUriCredentials');
  });

  it('returns credentials with the configured lifetime', async () => {
    await using emulator = await start({ ...instance, metadata: { role: 'reader', sessionSeconds: 60 } });
    await expect((await fetch(emulator.credentialsUri)).json()).resolves.toMatchObject({
      Expiration: emulatorTime(emulator).replace('03:04:32', '03:05:32'),
    });
  });

  it('answers 404 on an instance without a role', async () => {
    await using emulator = await start();
    expect((await fetch(emulator.credentialsUri)).status).toBe(404);
  });
});
