import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CredentialProvider, Credentials, DescribeImageInput } from '@describe-image/core';
import {
  assumeRole,
  credentialsUri,
  defaultCredentials,
  functionComputeCredentials,
} from '@describe-image/core/credentials';
import { describeImageCriteriaOperation } from '@describe-image/core/protocol';
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type CredentialMachine,
  credentialMachine,
  PROVIDER,
  READER,
} from './credential-machine.ts';
import { DIGEST_A } from './start.ts';

const KEYS = { access_key_id: 'testid', access_key_secret: 'testsecret' };
const ROLE = { ram_role_arn: READER, ram_session_name: 'mode-test' };
const IMAGE: DescribeImageInput = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-test',
  imageRepoId: 'crr-test',
  imageTag: '1.0',
};
const SESSION = /^STS\.[0-9a-f]{24}$/;

const profile = (...profiles: readonly object[]) => ({
  current: 'mode',
  profiles: profiles.map((fields, index) => ({ name: index === 0 ? 'mode' : `source${index}`, ...fields })),
});
const writeProfile =
  (...profiles: readonly object[]) =>
  ({ write }: CredentialMachine) =>
    void write('.aliyun/config.json', profile(...profiles));
const withoutEcs = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };

interface Mode {
  readonly title: string;
  readonly configure: (machine: CredentialMachine) => void;
  /** Matches the access key id that signs DescribeImage. */
  readonly signer: RegExp;
  /** The operations that return the keys. */
  readonly issuers?: readonly string[];
}

const METADATA = ['GetMetadataToken', 'ListMetadataRoles', 'GetMetadataCredentials'];

const MODES: readonly Mode[] = [
  {
    title: 'keys in the environment',
    configure: ({ environment }) =>
      void Object.assign(environment, {
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
      }),
    signer: /^testid$/,
  },
  {
    title: 'an STS token in the environment',
    configure: ({ environment }) =>
      void Object.assign(environment, {
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.testid',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
        ALIBABA_CLOUD_SECURITY_TOKEN: 'testtoken',
      }),
    signer: /^STS\.testid$/,
  },
  {
    title: 'OIDC (RRSA) in the environment',
    configure: ({ environment, write }) =>
      void Object.assign(environment, {
        ALIBABA_CLOUD_ROLE_ARN: READER,
        ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER,
        ALIBABA_CLOUD_OIDC_TOKEN_FILE: write('token', 'header.payload.signature\n'),
      }),
    signer: SESSION,
    issuers: ['AssumeRoleWithOIDC'],
  },
  { title: 'profile AK', configure: writeProfile({ mode: 'AK', ...KEYS }), signer: /^testid$/ },
  {
    title: 'profile StsToken',
    configure: writeProfile({
      mode: 'StsToken',
      ...KEYS,
      access_key_id: 'STS.testid',
      sts_token: 'testtoken',
    }),
    signer: /^STS\.testid$/,
  },
  {
    title: 'profile RamRoleArn',
    configure: writeProfile({ mode: 'RamRoleArn', ...KEYS, ...ROLE }),
    signer: SESSION,
    issuers: ['AssumeRole'],
  },
  {
    title: 'profile RamRoleArn with an external id',
    configure: writeProfile({
      mode: 'RamRoleArn',
      ...KEYS,
      ram_role_arn: `acs:ram::${ACCOUNT}:role/partner`,
      external_id: 'partner-7',
    }),
    signer: SESSION,
    issuers: ['AssumeRole'],
  },
  {
    title: 'profile ChainableRamRoleArn, over a role that alone is trusted',
    configure: writeProfile(
      {
        mode: 'ChainableRamRoleArn',
        source_profile: 'source1',
        ram_role_arn: `acs:ram::${ACCOUNT}:role/behind-gate`,
      },
      { mode: 'RamRoleArn', ...KEYS, ram_role_arn: `acs:ram::${ACCOUNT}:role/gate` },
    ),
    signer: SESSION,
    issuers: ['AssumeRole', 'AssumeRole'],
  },
  {
    title: 'profile EcsRamRole',
    configure: writeProfile({ mode: 'EcsRamRole', ram_role_name: 'reader' }),
    signer: SESSION,
    issuers: ['GetMetadataToken', 'GetMetadataCredentials'],
  },
  {
    title: 'profile OIDC',
    configure: (machine) =>
      writeProfile({
        mode: 'OIDC',
        ...ROLE,
        oidc_provider_arn: PROVIDER,
        oidc_token_file: machine.write('token', 'header.payload.signature'),
      })(machine),
    signer: SESSION,
    issuers: ['AssumeRoleWithOIDC'],
  },
  {
    title: 'profile External',
    configure: (machine) => {
      const program = machine.write(
        'print-keys.mjs',
        `console.log(${JSON.stringify(JSON.stringify({ mode: 'AK', ...KEYS }))});`,
      );
      writeProfile({ mode: 'External', process_command: `'${process.execPath}' '${program}'` })(machine);
    },
    signer: /^testid$/,
  },
  {
    title: 'profile CredentialsURI',
    configure: (machine) =>
      writeProfile({ mode: 'CredentialsURI', credentials_uri: machine.emulator.credentialsUri })(machine),
    signer: SESSION,
    issuers: ['GetUriCredentials'],
  },
  ...['CloudSSO', 'OAuth'].map((mode) => ({
    title: `profile ${mode}, whose session is cached`,
    configure: writeProfile({
      mode,
      ...KEYS,
      access_key_id: 'STS.testid',
      sts_token: 'testtoken',
      sts_expiration: Math.floor(Date.now() / 1000) + 3_600,
    }),
    signer: /^STS\.testid$/,
  })),
  {
    title: 'shared file, access_key',
    configure: ({ write }) =>
      void write(
        '.alibabacloud/credentials',
        '[default]\ntype = access_key\naccess_key_id = testid\naccess_key_secret = testsecret\n',
      ),
    signer: /^testid$/,
  },
  {
    title: 'shared file, ram_role_arn',
    configure: ({ write }) =>
      void write(
        '.alibabacloud/credentials',
        `[default]\ntype = ram_role_arn\naccess_key_id = testid\naccess_key_secret = testsecret\nrole_arn = ${READER}\n`,
      ),
    signer: SESSION,
    issuers: ['AssumeRole'],
  },
  {
    title: 'ECS metadata v2',
    configure: ({ emulator }) => emulator.metadata.configure({ v1: false }),
    signer: SESSION,
    issuers: METADATA,
  },
  {
    title: 'ECS metadata v1, where v2 is not served',
    configure: ({ emulator }) => emulator.metadata.configure({ v2: false }),
    signer: SESSION,
    issuers: METADATA,
  },
  {
    title: 'a credentials URI in the environment',
    configure: ({ emulator, environment }) =>
      void Object.assign(environment, {
        ...withoutEcs,
        ALIBABA_CLOUD_CREDENTIALS_URI: emulator.credentialsUri,
      }),
    signer: SESSION,
    issuers: ['GetUriCredentials'],
  },
];

describe('the default chain of core signs an accepted DescribeImage with', () => {
  it.each(MODES)('$title', async ({ configure, signer, issuers = [] }) => {
    const machine = await credentialMachine();
    configure(machine);
    const credentials = defaultCredentials({ host: machine.host, allowProcess: true });
    const { digest } = await machine.client(credentials).describeImage(IMAGE);
    expect(digest).toBe(`sha256:${DIGEST_A}`);
    const operations = machine.emulator.requests.map(({ operation }) => operation);
    expect(operations).toEqual([...issuers, 'DescribeImage']);
    expect(machine.emulator.requests.at(-1)?.accessKeyId).toMatch(signer);
  });

  it('the keys of a Function Compute context', async () => {
    const { client, emulator } = await credentialMachine();
    const context = {
      credentials: { accessKeyId: 'STS.testid', accessKeySecret: 'testsecret', securityToken: 'testtoken' },
    };
    const { digest } = await client(functionComputeCredentials(context)).describeImage(IMAGE);
    expect(digest).toBe(`sha256:${DIGEST_A}`);
    expect(emulator.requests.map(({ accessKeyId }) => accessKeyId)).toEqual(['STS.testid']);
  });
});

describe('the default chain of core', () => {
  it('does not use metadata v1 where it is disabled, even when v2 is not served', async () => {
    const { emulator, environment, host } = await credentialMachine();
    emulator.metadata.configure({ v2: false });
    environment['ALIBABA_CLOUD_IMDSV1_DISABLED'] = 'true';
    await expect(defaultCredentials({ host })()).rejects.toThrow(/gave no token \(HTTP 404\)/);
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['GetMetadataToken']);
  });

  it('does not read the instance role where it is disabled', async () => {
    const machine = await credentialMachine();
    Object.assign(machine.environment, withoutEcs);
    await expect(defaultCredentials({ host: machine.host })()).rejects.toThrow('no credentials');
    expect(machine.emulator.requests).toEqual([]);
  });
});

it('does not read the instance role when configured RRSA fails', async () => {
  const { emulator, environment, host, write } = await credentialMachine();
  Object.assign(environment, {
    ALIBABA_CLOUD_ROLE_ARN: READER,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `${PROVIDER}-of-another`,
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: write('token', 'header.payload.signature'),
  });
  await expect(defaultCredentials({ host })()).rejects.toThrow(/EntityNotExist\.OIDCProvider/);
  expect(emulator.requests.map(({ operation }) => operation)).toEqual(['AssumeRoleWithOIDC']);
});

const reader = ({ host }: CredentialMachine): CredentialProvider =>
  assumeRole({ accessKeyId: 'testid', accessKeySecret: 'testsecret' }, { host, roleArn: READER });

/** The host, with every clock set to that of the emulator. */
function onEmulatorClock({ emulator, host }: CredentialMachine): CredentialMachine['host'] {
  const now = (): number => emulator.clock.now();
  return { ...host, now, monotonicNow: now };
}

describe('concurrent first calls of core', () => {
  it('send one AssumeRole request', async () => {
    const machine = await credentialMachine();
    const client = machine.client(reader(machine));
    const images = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        // Different inputs, because equal reads share one request.
        client.call(describeImageCriteriaOperation, { value: `image ${index}` }),
      ),
    );
    expect(images).toHaveLength(100);
    const { requests } = machine.emulator;
    expect(requests.filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(1);
    expect(requests.filter(({ operation }) => operation === 'DescribeImageCriteria')).toHaveLength(100);
  });

  it('request the metadata credentials once', async () => {
    const { emulator, host } = await credentialMachine();
    const provider = defaultCredentials({ host });
    const found = await Promise.all(Array.from({ length: 100 }, () => provider()));
    expect(new Set(found.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(METADATA);
  });
});

describe('a session of core', () => {
  it('is replaced once when the service reports it as expired, and the call succeeds', async () => {
    const machine = await credentialMachine();
    const client = machine.client(reader(machine));
    await client.describeImage(IMAGE);
    machine.emulator.clock.advance(3_601_000);
    const { digest } = await client.describeImage(IMAGE);
    expect(digest).toBe(`sha256:${DIGEST_A}`);
    expect(machine.answered('AssumeRole')).toBe(2);
    const refused = machine.emulator.requests.filter(({ code }) => code === 'InvalidSecurityToken.Expired');
    expect(refused.map(({ operation }) => operation)).toEqual(['DescribeImage']);
  });

  it('is replaced only once when the service always reports it as expired', async () => {
    const machine = await credentialMachine();
    machine.emulator.faults.add({
      operation: 'DescribeImage',
      effect: { kind: 'error', code: 'InvalidSecurityToken.Expired' },
    });
    const client = machine.client(reader(machine));
    await expect(client.describeImage(IMAGE)).rejects.toMatchObject({ code: 'Credentials', attempts: 2 });
    expect(machine.answered('AssumeRole')).toBe(2);
  });

  it('is replaced before it expires', async () => {
    const machine = await credentialMachine();
    const provider = reader({ ...machine, host: onEmulatorClock(machine) });
    const first = await provider();
    machine.emulator.clock.advance(3_599_000);
    const second = await provider();
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(machine.answered('AssumeRole')).toBe(2);
  });

  it('is kept while it is valid when a refresh fails', async () => {
    const machine = await credentialMachine();
    const provider = reader({ ...machine, host: onEmulatorClock(machine) });
    const first = await provider();
    machine.emulator.faults.add({
      operation: 'AssumeRole',
      effect: { kind: 'error', code: 'ServiceUnavailable' },
    });
    machine.emulator.clock.advance(3_580_000);
    expect(await provider()).toEqual(first);
  });
});

describe('@alicloud/credentials signs an accepted DescribeImage with', () => {
  it.each([
    ['access_key', { accessKeyId: 'testid', accessKeySecret: 'testsecret' }, []],
    ['sts', { accessKeyId: 'STS.testid', accessKeySecret: 'testsecret', securityToken: 'testtoken' }, []],
    [
      'ram_role_arn',
      { accessKeyId: 'testid', accessKeySecret: 'testsecret', roleArn: READER, roleSessionName: 'official' },
      ['AssumeRole'],
    ],
    [
      'oidc_role_arn',
      { roleArn: READER, oidcProviderArn: PROVIDER, roleSessionName: 'official' },
      ['AssumeRoleWithOIDC'],
    ],
    ['ecs_ram_role', { roleName: 'reader' }, ['GetMetadataToken', 'GetMetadataCredentials']],
    ['credentials_uri', {}, ['GetUriCredentials']],
  ])('%s', async (type, config, issuers) => {
    const machine = await credentialMachine();
    const { emulator } = machine;
    const [keys] = await official(machine, {
      type,
      ...config,
      ...(type === 'credentials_uri' ? { credentialsURI: emulator.credentialsUri } : {}),
      ...(type === 'oidc_role_arn'
        ? { oidcTokenFilePath: machine.write('token', 'header.payload.signature') }
        : {}),
    });
    if (keys === undefined || 'failed' in keys) throw new Error(keys?.failed);
    const { digest } = await machine.client(() => keys).describeImage(IMAGE);
    expect(digest).toBe(`sha256:${DIGEST_A}`);
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([...issuers, 'DescribeImage']);
  });

  it('ram_role_arn after ten AssumeRole requests for ten concurrent first calls, where core sends one', async () => {
    const machine = await credentialMachine();
    const keys = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
    await official(machine, { type: 'ram_role_arn', ...keys, roleArn: READER, times: 10 });
    expect(machine.answered('AssumeRole')).toBe(10);

    const provider = reader(machine);
    await Promise.all(Array.from({ length: 10 }, () => provider()));
    expect(machine.answered('AssumeRole')).toBe(11);
  });

  it('credentials_uri and the same session as core', async () => {
    const machine = await credentialMachine();
    const { credentialsUri: uri } = machine.emulator;
    const [theirs] = await official(machine, { type: 'credentials_uri', credentialsURI: uri });
    const ours = await credentialsUri(uri, { host: machine.host })();
    expect(ours).toMatchObject({ ...theirs });
  });
});

async function official(
  { emulator, home }: CredentialMachine,
  config: Readonly<Record<string, unknown>>,
): Promise<readonly (Credentials | { readonly failed: string })[]> {
  const script = join(import.meta.dirname, 'official-credentials.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, JSON.stringify({ origin: emulator.url, ...config })],
    { env: { HOME: home, USERPROFILE: home } },
  );
  return JSON.parse(stdout);
}
