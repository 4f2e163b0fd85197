import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());
beforeEach(() => demo.emulator.reset());

describe('the credential test', () => {
  it('passes for valid keys, with and without a role', async () => {
    expect(await demo.engine.testCredential()).toBe('OK');
    const role = { assumeRole: true, roleArn: 'acs:ram::1234567890123456:role/image-reader' };
    expect(await demo.engine.testCredential({ ...demo.engine.stored, ...role })).toBe('OK');
  });

  it.each([
    [{ accessKeyId: 'unknown' }, 'This AccessKey ID does not exist'],
    [{ accessKeySecret: 'wrong' }, 'The AccessKey Secret does not belong'],
    [
      { accessKeyId: 'demo-disabled-key-id', accessKeySecret: 'demo-disabled-key-secret' },
      'This AccessKey is disabled',
    ],
    [{ securityToken: 'nonsense' }, 'Security Token'],
  ])('rejects %o with the reason', async (wrong, message) => {
    expect(await demo.engine.testCredential({ ...demo.engine.stored, ...wrong })).toContain(message);
  });

  it.each([
    'InvalidTimeStamp.Expired',
    'InvalidSecurityToken.Expired',
    'Forbidden.RAM',
    'InvalidApi.NotFound',
    'InternalError',
  ])('has a specific message for %s', async (code) => {
    demo.emulator.faults.add({
      operation: 'GetCallerIdentity',
      effect: { kind: 'error', code, status: 400 },
    });
    const message = await demo.engine.testCredential();
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(message).not.toContain('Alibaba Cloud rejected');
  });

  it('rejects an unknown error code', async () => {
    const effect = { kind: 'error', code: 'Something.New', status: 400 } as const;
    demo.emulator.faults.add({ operation: 'GetCallerIdentity', effect });
    expect(await demo.engine.testCredential()).toContain('Alibaba Cloud rejected');
  });

  it('rejects an HTML response', async () => {
    const server = createServer((_, response) => response.end('<html>Welcome</html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // listens on TCP
    const endpoint = `127.0.0.1:${port}`;
    const credential = { ...demo.engine.stored, endpoint: `http://${endpoint}` };
    expect(await demo.engine.testCredential(credential)).toContain('Alibaba Cloud rejected');
    server.closeAllConnections();
    server.close();
  });
});

it('has a unique type name, an icon, documentation and a test', () => {
  const { name, displayName, iconUrl, documentationUrl, test } = demo.engine.credentialType;
  expect({ name, displayName }).toEqual({
    name: 'describeImageAlibabaCloudRamApi',
    displayName: 'Alibaba Cloud RAM API',
  });
  expect([iconUrl, documentationUrl, test]).not.toContain(undefined);
});
