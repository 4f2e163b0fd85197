import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { functionComputeCredentials } from '../../src/credentials/sources/function-compute-credentials.ts';
import { staticCredentials } from '../../src/credentials/sources/static-credentials.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';

test('static keys are given as they are, without the line ends they were copied with', () => {
  const provider = staticCredentials({ accessKeyId: 'LTAItestid\n', accessKeySecret: ' testsecret\r\n' });
  expect(provider()).toEqual({ accessKeyId: 'LTAItestid', accessKeySecret: 'testsecret' });
});

test('a static STS token keeps its token and its end', () => {
  const expiration = new Date('2026-01-31T12:00:00Z');
  const keys = { accessKeyId: 'STS.id', accessKeySecret: 'secret', securityToken: 'token', expiration };
  expect(staticCredentials(keys)()).toEqual(keys);
});

test('a static key with a blank inside is refused by name, never by value', async () => {
  const error = await rejection(() =>
    staticCredentials({ accessKeyId: 'LTAItestid', accessKeySecret: 'half secret' }),
  );
  expect(error.message).toContain('accessKeySecret');
  expectNoSecret(everythingOf(error), 'half secret');
});

test('inspecting a provider shows none of its keys', () => {
  const provider = staticCredentials({ accessKeyId: 'LTAItestid', accessKeySecret: 'testsecret' });
  expectNoSecret(inspect(provider, { depth: 9, showHidden: true }), 'LTAItestid', 'testsecret');
});

test('Function Compute hands the keys of its role over in the context', () => {
  const credentials = { accessKeyId: 'STS.fc', accessKeySecret: 'fc-secret', securityToken: 'fc-token' };
  expect(functionComputeCredentials({ requestId: 'r', credentials })()).toEqual(credentials);
});

test.each([
  ['no context', undefined, 'has no credentials'],
  ['a function without a role', { credentials: undefined }, 'has no credentials'],
  [
    'keys without their token',
    { credentials: { accessKeyId: 'a', accessKeySecret: 's3cret' } },
    'securityToken is missing',
  ],
])('Function Compute with %s is refused and told what is missing', async (_case, context, message) => {
  const error = await rejection(() => functionComputeCredentials(context));
  expect(error.message).toContain(message);
  expectNoSecret(everythingOf(error), 's3cret');
});
