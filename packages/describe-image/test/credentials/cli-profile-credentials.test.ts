import { expect, it } from 'vitest';
import { cliProfileCredentials } from '../../src/credentials/index.ts';
import { configOf, machine, START } from './machine.ts';
import { metadataService } from './metadata-service.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { serve } from './serve.ts';
import { PROVIDER_ARN, ROLE_ARN, session, stsService } from './sts-service.ts';

const CONFIG = '.aliyun/config.json';
const KEYS = { access_key_id: 'LTAItestid', access_key_secret: 'filesecret' };

function withProfile(profile: Record<string, unknown>, environment = {}) {
  const laptop = machine(environment);
  laptop.write(CONFIG, configOf(profile));
  return laptop;
}

it('returns the keys of a profile of mode AK, and ignores a token in it', async () => {
  const { host } = withProfile({ mode: 'AK', ...KEYS, sts_token: 'left over' });
  expect(await cliProfileCredentials({ host })()).toEqual({
    accessKeyId: 'LTAItestid',
    accessKeySecret: 'filesecret',
  });
});

it.each(['ak', 'Ak', 'AK'])('accepts the mode name %s in any case', async (mode) => {
  const { host } = withProfile({ mode, ...KEYS });
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'LTAItestid' });
});

it('returns keys and token of a profile of mode StsToken', async () => {
  const { host } = withProfile({ mode: 'StsToken', ...KEYS, sts_token: 'filetoken\n' });
  expect(await cliProfileCredentials({ host })()).toMatchObject({ securityToken: 'filetoken' });
});

it('assumes the role of mode RamRoleArn with the keys of the profile', async () => {
  const sts = await stsService();
  const { host } = withProfile({
    mode: 'RamRoleArn',
    ...KEYS,
    ram_role_arn: ROLE_ARN,
    ram_session_name: 'laptop',
    expired_seconds: 1800,
    external_id: 'partner',
    sts_endpoint: sts.origin,
  });
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
  expect(Object.fromEntries(new URLSearchParams(sts.requests[0]?.body))).toEqual({
    RoleArn: ROLE_ARN,
    RoleSessionName: 'laptop',
    DurationSeconds: '1800',
    ExternalId: 'partner',
  });
});

it('assumes the role of mode ChainableRamRoleArn with the credentials of its source profile', async () => {
  const sts = await stsService();
  const { host, write } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  write(CONFIG, {
    current: 'outer',
    profiles: [
      { name: 'outer', mode: 'ChainableRamRoleArn', source_profile: 'inner', ram_role_arn: ROLE_ARN },
      { name: 'inner', mode: 'RamRoleArn', ...KEYS, ram_role_arn: 'acs:ram::1:role/inner' },
    ],
  });
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session2' });
  expect(sts.requests.map(({ body }) => new URLSearchParams(body).get('RoleArn'))).toEqual([
    'acs:ram::1:role/inner',
    ROLE_ARN,
  ]);
});

it('rejects source profiles that refer to each other', async () => {
  const { host, write } = machine();
  const chained = (name: string, source_profile: string) => ({
    name,
    mode: 'ChainableRamRoleArn',
    source_profile,
    ram_role_arn: ROLE_ARN,
  });
  write(CONFIG, { current: 'a', profiles: [chained('a', 'b'), chained('b', 'a')] });
  expect((await rejection(cliProfileCredentials({ host }))).message).toContain('refers back to a profile');
});

it('reads the role of mode EcsRamRole from the metadata service', async () => {
  const metadata = await metadataService();
  const { host, write } = machine({}, { metadataOrigin: metadata.origin });
  write(CONFIG, configOf({ mode: 'EcsRamRole', ram_role_name: 'web-role' }));
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('exchanges the token file of mode OIDC for a session', async () => {
  const sts = await stsService();
  const { host, write } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  const oidc_token_file = write('token', 'a.b.c\n');
  write(
    CONFIG,
    configOf({ mode: 'OIDC', ram_role_arn: ROLE_ARN, oidc_provider_arn: PROVIDER_ARN, oidc_token_file }),
  );
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
  expect(new URLSearchParams(sts.requests[0]?.body).get('OIDCToken')).toBe('a.b.c');
});

it('reads the URI of mode CredentialsURI', async () => {
  const sidecar = await serve(() => ({ json: session(1, START) }));
  const { host } = withProfile({ mode: 'CredentialsURI', credentials_uri: sidecar.origin });
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'STS.session1' });
});

const SIGN_INS = [
  [
    'CloudSSO',
    {
      mode: 'CloudSSO',
      cloud_sso_sign_in_url: 'https://signin-cn-shanghai.alibabacloudsso.com/d-1/login',
      cloud_sso_account_id: '1234567890123456',
      cloud_sso_access_config: 'ac-1',
      access_token: 'signin-token',
    },
    'cloud_sso_access_token_expire',
    { CloudCredential: session(7, START) },
    'https://signin-cn-shanghai.alibabacloudsso.com/cloud-credentials',
    '{"AccountId":"1234567890123456","AccessConfigurationId":"ac-1"}',
  ],
  [
    'OAuth',
    { mode: 'OAuth', oauth_site_type: 'INTL', oauth_access_token: 'signin-token' },
    'oauth_access_token_expire',
    {
      accessKeyId: 'STS.session7',
      accessKeySecret: 'secret-of-session-7',
      securityToken: 'token-of-session-7',
      expiration: '2026-01-31T13:00:00Z',
    },
    'https://oauth.alibabacloud.com/v1/exchange',
    '',
  ],
] as const;

it.each(SIGN_INS)(
  'returns the cached session of mode %s while it is valid',
  async (_mode, profile, expire) => {
    const { host } = withProfile({
      ...profile,
      [expire]: START / 1000 - 60,
      ...KEYS,
      sts_token: 'cachedtoken',
      sts_expiration: START / 1000 + 600,
    });
    expect(await cliProfileCredentials({ host })()).toEqual({
      accessKeyId: 'LTAItestid',
      accessKeySecret: 'filesecret',
      securityToken: 'cachedtoken',
      expiration: new Date(START + 600_000),
    });
  },
);

it.each(SIGN_INS)(
  'exchanges a valid cached sign-in of mode %s for a session',
  async (_mode, profile, expire, answer, url, body) => {
    const portal = await serve(() => ({ json: answer }));
    const { host } = withProfile({ ...profile, [expire]: START / 1000 + 600 });
    const requested: string[] = [];
    // The request to the real portal is sent to this machine instead.
    const local = {
      ...host,
      request: (request: Parameters<typeof host.request>[0]) => {
        requested.push(request.url);
        return host.request({ ...request, url: `${portal.origin}${new URL(request.url).pathname}` });
      },
    };
    expect(await cliProfileCredentials({ host: local })()).toMatchObject({
      accessKeyId: 'STS.session7',
      expiration: new Date(START + 3_600_000),
    });
    expect(requested).toEqual([url]);
    expect(portal.requests[0]).toMatchObject({
      method: 'POST',
      body,
      headers: { authorization: 'Bearer signin-token' },
    });
  },
);

it.each(SIGN_INS)(
  'rejects an expired sign-in of mode %s and names the command to sign in again',
  async (_mode, profile, expire) => {
    const { host } = withProfile({
      ...profile,
      [expire]: START / 1000 - 60,
      ...KEYS,
      sts_token: 't',
      sts_expiration: START / 1000,
    });
    const error = await rejection(cliProfileCredentials({ host }));
    expect(error.message).toContain('the sign-in has expired');
    expect(error.remedy).toBe('Sign in again: aliyun configure --profile dev');
    expectNoSecret(everythingOf(error), 'signin-token', 'filesecret');
  },
);

it.each(['BearerToken', 'Anonymous', 'RsaKeyPair', 'ramrolearnwithrolename'])(
  'rejects mode %s, which cannot sign, and lists the modes that can',
  async (mode) => {
    const { host } = withProfile({ mode, ...KEYS });
    const error = await rejection(cliProfileCredentials({ host }));
    expect(error.message.toLowerCase()).toContain(`mode ${mode.toLowerCase()} is deprecated or cannot sign`);
    expect(error.remedy).toContain('ChainableRamRoleArn');
  },
);

it('does not repeat an unknown mode, which may be a key in the wrong place', async () => {
  const { host } = withProfile({ mode: 'filesecret', ...KEYS });
  const error = await rejection(cliProfileCredentials({ host }));
  expect(error.message).toContain('profile "dev": mode is unknown');
  expectNoSecret(everythingOf(error), 'filesecret');
});

it('does not show a key in the place of a name', async () => {
  const key = 'LongSecretWithDigits0123456789';
  const { host, write } = machine();
  write(CONFIG, { current: key, profiles: [{ name: key, mode: 'OIDC', ram_role_arn: ROLE_ARN }] });
  const error = await rejection(cliProfileCredentials({ host }));
  expect(error.message).toContain('profile "[not shown: looks like a key]": oidc_provider_arn is missing');
  expectNoSecret(everythingOf(error), key);
});

it('reads the requested profile, else ALIBABA_CLOUD_PROFILE, else the current one', async () => {
  const { host, write, environment } = machine();
  const profile = (name: string) => ({ name, mode: 'AK', access_key_id: name, access_key_secret: 'secret' });
  write(CONFIG, { current: 'one', profiles: ['one', 'two', 'three'].map(profile) });
  const idOf = async (options = {}) => (await cliProfileCredentials({ host, ...options })()).accessKeyId;
  expect(await idOf()).toBe('one');
  environment['ALIBABA_CLOUD_PROFILE'] = 'two';
  expect(await idOf()).toBe('two');
  expect(await idOf({ profile: 'three' })).toBe('three');
});

it('does not read the file when ALIBABA_CLOUD_CLI_PROFILE_DISABLED is set', async () => {
  const { host } = withProfile({ mode: 'AK', ...KEYS }, { ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'true' });
  expect(await rejection(cliProfileCredentials({ host }))).toMatchObject({ outcome: 'absent' });
});

it('treats the empty profile that the command line creates as absent', async () => {
  const { host } = withProfile({ mode: 'AK', access_key_id: '', access_key_secret: '' });
  expect(await rejection(cliProfileCredentials({ host }))).toMatchObject({ outcome: 'absent' });
});

it('names a requested profile that does not exist', async () => {
  const { host } = withProfile({ mode: 'AK', ...KEYS });
  const error = await rejection(cliProfileCredentials({ host, profile: 'prod' }));
  expect(error.message).toContain('has no profile "prod"');
});

it.each([
  [
    'a broken line',
    '{\n  "profiles": [\n    {"access_key_secret": "filesecret" oops}\n  ]\n}',
    'line 3: is not JSON',
  ],
  ['an unfinished text', '{"profiles": [{"access_key_secret": "filesecret"', 'line 1: is not JSON'],
  ['a list at the top', '["filesecret"]', 'must hold a JSON object'],
  ['profiles that are no list', '{"profiles": "filesecret"}', 'profiles must be a list'],
  [
    'a profile without a name',
    '{"profiles": [{"access_key_secret": "filesecret"}]}',
    'profiles[0] must be an object with a name',
  ],
  ['a current that is no text', '{"current": 7, "profiles": []}', 'current must be text'],
  [
    'a current that is not there',
    '{"current": "filesecret", "profiles": []}',
    'current names a profile that the file does not have',
  ],
  [
    'a secret that is a number',
    '{"current": "a", "profiles": [{"name": "a", "mode": "AK", "access_key_id": "x", "access_key_secret": 31337}]}',
    'access_key_secret must be text',
  ],
  [
    'a role that is none',
    '{"current": "a", "profiles": [{"name": "a", "mode": "RamRoleArn", "access_key_id": "x", "access_key_secret": "s", "ram_role_arn": "filesecret"}]}',
    'roleArn must be the ARN of a role',
  ],
  [
    'an endpoint that is none',
    '{"current": "a", "profiles": [{"name": "a", "mode": "RamRoleArn", "access_key_id": "x", "access_key_secret": "s", "ram_role_arn": "acs:ram::1:role/r", "sts_endpoint": "file secret"}]}',
    'the endpoint of STS must be',
  ],
])('rejects a file with %s, naming the place but no content', async (_case, content, message) => {
  const { host, write } = machine();
  const path = write(CONFIG, content);
  const error = await rejection(cliProfileCredentials({ host }));
  expect(error.message).toContain(path);
  expect(error.message).toContain(message);
  expect(error.remedy).not.toBe('');
  expectNoSecret(everythingOf(error), 'filesecret', 'file secret', '31337');
});

it('reads JSON after a byte order mark', async () => {
  const { host, write } = machine();
  write(CONFIG, `\uFEFF${JSON.stringify(configOf({ mode: 'AK', ...KEYS }))}`);
  expect(await cliProfileCredentials({ host })()).toMatchObject({ accessKeyId: 'LTAItestid' });
});

it('names a file that cannot be read and the error code of the system', async () => {
  const { host, write } = machine();
  const path = write(`${CONFIG}/in-the-way`, 'x').replace('/in-the-way', '');
  const error = await rejection(cliProfileCredentials({ host }));
  expect(error.message).toBe(`${path}: cannot be read (EISDIR)`);
});
