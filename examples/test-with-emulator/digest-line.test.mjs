import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createClient, PermissionError } from '@describe-image/core';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import { digestLine } from './digest-line.mjs';

const REFERENCE = 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2';

/** @type {import('@describe-image/emulator').Emulator} */
let emulator;
before(async () => {
  emulator = await createEmulator();
});
afterEach(() => emulator.reset());
after(() => emulator.close());

const connect = (credentials = demoCredentials) => createClient({ endpoint: emulator.url, credentials });

test('returns the digest of a tag', async () => {
  const client = connect();
  assert.match(await digestLine(client, REFERENCE), /sha256:a322bcb3[0-9a-f]{56} \(live\)$/);
  client.close();
});

test('retries when the service is unavailable', async () => {
  emulator.faults.add({
    operation: 'DescribeImage',
    times: 1,
    effect: { kind: 'error', code: 'ServiceUnavailable' },
  });
  const client = connect();
  assert.match(await digestLine(client, REFERENCE), /\(live\)$/);
  client.close();
  const sent = emulator.requests.filter(({ operation }) => operation === 'DescribeImage');
  assert.equal(sent.length, 2);
});

test('rejects when RAM denies the operation', async () => {
  const client = connect({ accessKeyId: 'demo-denied-key-id', accessKeySecret: 'demo-denied-key-secret' });
  await assert.rejects(digestLine(client, REFERENCE), PermissionError);
  client.close();
});
