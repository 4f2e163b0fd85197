import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emulator, Seed } from '../src/index.ts';
import { call, IMAGE, start } from './start.ts';

const require = createRequire(import.meta.url);
const official = '@alicloud/credentials/dist/src/providers';
const ecsRamRole = require(`${official}/ecs_ram_role`).default;
const ramRoleArn = require(`${official}/ram_role_arn`).default;
const oidcRoleArn = require(`${official}/oidc_role_arn`).default;
const staticAk = require(`${official}/static_ak`).default;
const uri = require(`${official}/uri`).default;
const { doRequest } = require(`${official}/http`);

const RoleArn = 'acs:ram::1234567890123456:role/reader';
const seed: Seed = {
  roles: [{ name: 'reader' }],
  oidcProviders: [{ name: 'rrsa' }],
  metadata: { role: 'reader' },
};

// The token expiry is compared with this machine's clock by the package, so the emulator's must run with it.
const startNow = (): Promise<Emulator> => start(seed, { clock: undefined });

describe('@alicloud/credentials', () => {
  it('gets instance metadata through version 2', async () => {
    await using emulator = await startNow();
    const provider = pointed(ecsRamRole.builder().withDisableIMDSv1(true).build(), emulator);
    await expectAccepted(emulator, await provider.getCredentials());
    emulator.metadata.configure({ v2: false });
    const denied = pointed(ecsRamRole.builder().withDisableIMDSv1(true).build(), emulator);
    await expect(denied.getCredentials()).rejects.toThrow('get metadata token failed with 404');
  });

  it('falls back to version 1', async () => {
    await using emulator = await startNow();
    emulator.metadata.configure({ v2: false });
    await expectAccepted(emulator, await pointed(ecsRamRole.builder().build(), emulator).getCredentials());
  });

  it('assumes a role with a key', async () => {
    await using emulator = await startNow();
    const key = staticAk.builder().withAccessKeyId('testid').withAccessKeySecret('testsecret').build();
    const builder = ramRoleArn.builder().withCredentialsProvider(key).withRoleArn(RoleArn);
    await expectAccepted(emulator, await pointed(builder.build(), emulator).getCredentials());
    expect(emulator.requests[0]).toMatchObject({ operation: 'AssumeRole', scheme: 'HMAC-SHA1' });
  });

  it('tells a wrong secret from a wrong signature, by the string to sign that is echoed', async () => {
    await using emulator = await startNow();
    const key = staticAk.builder().withAccessKeyId('testid').withAccessKeySecret('wrong').build();
    const builder = ramRoleArn.builder().withCredentialsProvider(key).withRoleArn(RoleArn);
    await expect(pointed(builder.build(), emulator).getCredentials()).rejects.toThrow(
      'the access key secret is invalid',
    );
  });

  it('assumes a role with an identity token', async () => {
    await using emulator = await startNow();
    const folder = await mkdtemp(join(tmpdir(), 'oidc-'));
    try {
      const file = join(folder, 'token');
      await writeFile(file, 'eyJhbGciOiJub25lIn0.e30.fake');
      const provider = oidcRoleArn
        .builder()
        .withRoleArn(RoleArn)
        .withOIDCProviderArn('acs:ram::1234567890123456:oidc-provider/rrsa')
        .withOIDCTokenFilePath(file)
        .build();
      await expectAccepted(emulator, await pointed(provider, emulator).getCredentials());
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('fetches credentials from a URI', async () => {
    await using emulator = await startNow();
    const provider = uri.builder().withCredentialsURI(emulator.credentialsUri).build();
    await expectAccepted(emulator, await provider.getCredentials());
  });
});

interface OfficialCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

interface OfficialProvider {
  doRequest: unknown;
  getCredentials(): Promise<OfficialCredentials>;
}

interface OfficialRequest {
  url?: string;
  toRequestURL(): string;
}

// Its hosts are built in; only the host is exchanged, the request stays its own and goes over a real socket.
function pointed(provider: OfficialProvider, emulator: Emulator): OfficialProvider {
  provider.doRequest = (request: OfficialRequest) => {
    const { pathname, search } = new URL(request.toRequestURL());
    request.url = `${emulator.url}${pathname}${search}`;
    return doRequest(request);
  };
  return provider;
}

async function expectAccepted(emulator: Emulator, credentials: OfficialCredentials): Promise<void> {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  expect((await call(emulator, IMAGE, { accessKeyId, accessKeySecret, securityToken })).status).toBe(200);
}
