import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import {
  functionComputeCredentials,
  staticCredentials,
} from '../../src/credentials/sources/static-credentials.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';

it('returns static keys without the line ends around them', () => {
  const provider = staticCredentials({ accessKeyId: 'LTAItestid\n', accessKeySecret: ' testsecret\r\n' });
  expect(provider()).toEqual({ accessKeyId: 'LTAItestid', accessKeySecret: 'testsecret' });
});

it('returns the token and the expiration of a static STS session', () => {
  const expiration = new Date('2026-01-31T12:00:00Z');
  const keys = { accessKeyId: 'STS.id', accessKeySecret: 'secret', securityToken: 'token', expiration };
  expect(staticCredentials(keys)()).toEqual(keys);
});

it('rejects a key with a blank inside, naming the field but not the value', async () => {
  const error = await rejection(() =>
    staticCredentials({ accessKeyId: 'LTAItestid', accessKeySecret: 'half secret' }),
  );
  expect(error.message).toContain('accessKeySecret');
  expectNoSecret(everythingOf(error), 'half secret');
});

it('shows no key when a provider is inspected', () => {
  const provider = staticCredentials({ accessKeyId: 'LTAItestid', accessKeySecret: 'testsecret' });
  expectNoSecret(inspect(provider, { depth: 9, showHidden: true }), 'LTAItestid', 'testsecret');
});

it('returns the keys of a Function Compute context', () => {
  const credentials = { accessKeyId: 'STS.fc', accessKeySecret: 'fc-secret', securityToken: 'fc-token' };
  expect(functionComputeCredentials({ requestId: 'r', credentials })()).toEqual(credentials);
});

it.each([
  ['no context', undefined, 'has no credentials'],
  ['a function without a role', { credentials: undefined }, 'has no credentials'],
  [
    'keys without their token',
    { credentials: { accessKeyId: 'a', accessKeySecret: 's3cret' } },
    'securityToken is missing',
  ],
])('rejects a Function Compute context with %s', async (_case, context, message) => {
  const error = await rejection(() => functionComputeCredentials(context));
  expect(error.message).toContain(message);
  expectNoSecret(everythingOf(error), 's3cret');
});
