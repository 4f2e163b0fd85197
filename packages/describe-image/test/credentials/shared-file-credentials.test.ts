import { expect, it } from 'vitest';
import { sharedFileCredentials } from '../../src/credentials/index.ts';
import { machine } from './machine.ts';
import { metadataService } from './metadata-service.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { PROVIDER_ARN, ROLE_ARN, stsService } from './sts-service.ts';

const FILE = '.alibabacloud/credentials';
const KEYS = 'access_key_id = LTAItestid\naccess_key_secret = filesecret\n';

it('returns the keys of the default section for type access_key', async () => {
  const { host, write } = machine();
  write(
    FILE,
    `# mine\r\n[default]\r\ntype = access_key\r\n; quoted\r\naccess_key_id = "LTAItestid"\r\naccess_key_secret=filesecret\r\n`,
  );
  expect(await sharedFileCredentials({ host })()).toEqual({
    accessKeyId: 'LTAItestid',
    accessKeySecret: 'filesecret',
  });
});

it.each(['security_token', 'sts_token'])('reads the token of type sts from %s', async (name) => {
  const { host, write } = machine();
  write(FILE, `[default]\ntype = sts\n${KEYS}${name} = filetoken\n`);
  expect(await sharedFileCredentials({ host })()).toMatchObject({ securityToken: 'filetoken' });
});

it('assumes the role of type ram_role_arn', async () => {
  const sts = await stsService();
  const { host, write } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  write(
    FILE,
    `[default]\ntype = ram_role_arn\n${KEYS}role_arn = ${ROLE_ARN}\nrole_session_name = shared\npolicy = {"Version":"1"}\n`,
  );
  expect(await sharedFileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
  expect(Object.fromEntries(new URLSearchParams(sts.requests[0]?.body))).toMatchObject({
    RoleSessionName: 'shared',
    Policy: '{"Version":"1"}',
  });
});

it('exchanges the token file of type oidc_role_arn for a session', async () => {
  const sts = await stsService();
  const { host, write } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  const token = write('token', 'a.b.c\n');
  write(
    FILE,
    `[default]\ntype = oidc_role_arn\nrole_arn = ${ROLE_ARN}\noidc_provider_arn = ${PROVIDER_ARN}\noidc_token_file_path = ${token}\n`,
  );
  expect(await sharedFileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('reads the role of type ecs_ram_role from the metadata service', async () => {
  const metadata = await metadataService();
  const { host, write } = machine({}, { metadataOrigin: metadata.origin });
  write(FILE, `[default]\ntype = ecs_ram_role\nrole_name = web-role\n`);
  expect(await sharedFileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('reads the requested section, else ALIBABA_CLOUD_PROFILE', async () => {
  const { host, write, environment } = machine({ ALIBABA_CLOUD_PROFILE: 'two' });
  const section = (name: string): string =>
    `[${name}]\ntype=access_key\naccess_key_id=${name}\naccess_key_secret=s\n`;
  environment['ALIBABA_CLOUD_CREDENTIALS_FILE'] = write('elsewhere.ini', section('two') + section('three'));
  expect(await sharedFileCredentials({ host })()).toMatchObject({ accessKeyId: 'two' });
  expect(await sharedFileCredentials({ host, profile: 'three' })()).toMatchObject({ accessKeyId: 'three' });
});

it('fails when the file that ALIBABA_CLOUD_CREDENTIALS_FILE names does not exist', async () => {
  const { host } = machine({ ALIBABA_CLOUD_CREDENTIALS_FILE: '/nowhere/credentials' });
  expect(await rejection(sharedFileCredentials({ host }))).toMatchObject({
    outcome: 'failed',
    message: '/nowhere/credentials: does not exist',
  });
});

it.each([
  [
    'a line that is neither section nor pair',
    `[default]\ntype = access_key\nfilesecret\n`,
    'line 3: is neither',
  ],
  ['a pair before any section', `access_key_secret = filesecret\n`, 'line 1: comes before'],
  ['another type', `[default]\ntype = filesecret\n`, 'type must be one of access_key, sts, ecs_ram_role'],
  ['no type', `[default]\n${KEYS}`, 'type is missing'],
  ['no key id', `[default]\ntype = access_key\naccess_key_secret = filesecret\n`, 'access_key_id is missing'],
  [
    'a duration that is no number',
    `[default]\ntype = ram_role_arn\n${KEYS}role_arn = ${ROLE_ARN}\nduration_seconds = filesecret\n`,
    'duration_seconds must be a whole number',
  ],
])('rejects a file with %s, naming the place but no content', async (_case, content, message) => {
  const { host, write } = machine();
  const path = write(FILE, content);
  const error = await rejection(sharedFileCredentials({ host }));
  expect(error.message).toContain(path);
  expect(error.message).toContain(message);
  expectNoSecret(everythingOf(error), 'filesecret');
});

it('treats a section that is switched off as absent', async () => {
  const { host, write } = machine();
  write(FILE, `[default]\nenable = false\ntype = access_key\n${KEYS}`);
  expect(await rejection(sharedFileCredentials({ host }))).toMatchObject({ outcome: 'absent' });
});
