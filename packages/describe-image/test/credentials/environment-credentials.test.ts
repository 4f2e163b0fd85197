import { expect, it } from 'vitest';
import { environmentCredentials } from '../../src/credentials/index.ts';
import { machine } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';

it.each(['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_', ''])(
  'reads variables spelled %sACCESS_KEY_ID',
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

it('prefers the official names and does not mix spellings', async () => {
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

it('names the missing half of a pair, without the value of the other', async () => {
  const { host } = machine({ ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'lonelysecret' });
  const error = await rejection(environmentCredentials({ host }));
  expect(error.message).toBe(
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET is set, but ALIBABA_CLOUD_ACCESS_KEY_ID is not',
  );
  expectNoSecret(everythingOf(error), 'lonelysecret');
});

it('treats an empty variable as not set', async () => {
  const { host } = machine({ ALIBABA_CLOUD_ACCESS_KEY_ID: '', ALIBABA_CLOUD_ACCESS_KEY_SECRET: ' ' });
  const error = await rejection(environmentCredentials({ host }));
  expect(error).toMatchObject({ outcome: 'absent', message: 'ALIBABA_CLOUD_ACCESS_KEY_ID is not set' });
});
