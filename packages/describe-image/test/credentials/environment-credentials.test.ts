import { expect, test } from 'vitest';
import { environmentCredentials } from '../../src/credentials/index.ts';
import { machine } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';

test.each(['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_', ''])(
  'environment variables spelled %sACCESS_KEY_ID are read',
  async (prefix) => {
    const { host } = machine({
      [`${prefix}ACCESS_KEY_ID`]: 'testid',
      [`${prefix}ACCESS_KEY_SECRET`]: 'testsecret\n',
      [`${prefix}SECURITY_TOKEN`]: 'testtoken',
    });
    expect(await environmentCredentials({ host })()).toEqual({
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
      securityToken: 'testtoken',
    });
  },
);

test('official names win, and keys of different spellings are never mixed', async () => {
  const { host } = machine({
    ALICLOUD_ACCESS_KEY_ID: 'legacy',
    ALICLOUD_ACCESS_KEY_SECRET: 'legacysecret',
    SECURITY_TOKEN: 'stray',
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'official',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'officialsecret',
  });
  expect(await environmentCredentials({ host })()).toEqual({
    accessKeyId: 'official',
    accessKeySecret: 'officialsecret',
  });
});

test('half a pair is named as such, without its value', async () => {
  const { host } = machine({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'lonelysecret' });
  const error = await rejection(environmentCredentials({ host }));
  expect(error.message).toBe(
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET is set, but ALIBABA_CLOUD_ACCESS_KEY_ID is not',
  );
  expectNoSecret(everythingOf(error), 'lonelysecret');
});

test('a variable that is set but empty counts as not set', async () => {
  const { host } = machine({ ALIBABA_CLOUD_ACCESS_KEY_ID: '', ALIBABA_CLOUD_ACCESS_KEY_SECRET: ' ' });
  const error = await rejection(environmentCredentials({ host }));
  expect(error).toMatchObject({ outcome: 'absent', message: 'ALIBABA_CLOUD_ACCESS_KEY_ID is not set' });
});
