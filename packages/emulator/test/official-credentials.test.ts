import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EcsRamRole from '@alicloud/credentials/dist/src/providers/ecs_ram_role.js';
import * as http from '@alicloud/credentials/dist/src/providers/http.js';
import OidcRoleArn from '@alicloud/credentials/dist/src/providers/oidc_role_arn.js';
import RamRoleArn from '@alicloud/credentials/dist/src/providers/ram_role_arn.js';
import StaticAk from '@alicloud/credentials/dist/src/providers/static_ak.js';
import Uri from '@alicloud/credentials/dist/src/providers/uri.js';
import { describe, expect, it } from 'vitest';
import type { Emulator, Seed } from '../src/index.ts';
import { defaultExport } from './default-export.ts';
import { call, IMAGE, start } from './start.ts';

const { doRequest } = http;
const [ecsRamRole, ramRoleArn, oidcRoleArn, staticAk, uri] = [
  defaultExport(EcsRamRole),
  defaultExport(RamRoleArn),
  defaultExport(OidcRoleArn),
  defaultExport(StaticAk),
  defaultExport(Uri),
] as const;

const RoleArn = 'acs:ram::1234567890123456:role/reader';
const seed: Seed = {
  roles: [{ name: 'reader' }],
  oidcProviders: [{ name: 'rrsa' }],
  metadata: { role: 'reader' },
};

// The package compares the token's expiration with the clock of the machine, so the emulator uses that clock.
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

  it('uses version 1 when version 2 is off', async () => {
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

  it('distinguishes a wrong secret from a wrong signature by the string to sign in the error', async () => {
    await using emulator = await startNow();
    const key = staticAk.builder().withAccessKeyId('testid').withAccessKeySecret('wrong').build();
    const builder = ramRoleArn.builder().withCredentialsProvider(key).withRoleArn(RoleArn);
    await expect(pointed(builder.build(), emulator).getCredentials()).rejects.toThrow(
      'the access key secret is invalid',
    );
  });

  it('assumes a role with an OIDC token', async () => {
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
  getCredentials(): Promise<OfficialCredentials>;
}

// The package has fixed hosts. Only the host is replaced: the request is its own, over a real socket.
function pointed(provider: OfficialProvider, emulator: Emulator): OfficialProvider {
  Reflect.set(provider, 'doRequest', (request: http.Request) => {
    const { pathname, search } = new URL(request.toRequestURL());
    Reflect.set(request, 'url', `${emulator.url}${pathname}${search}`);
    return doRequest(request);
  });
  return provider;
}

async function expectAccepted(emulator: Emulator, credentials: OfficialCredentials): Promise<void> {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  expect((await call(emulator, IMAGE, { accessKeyId, accessKeySecret, securityToken })).status).toBe(200);
}
