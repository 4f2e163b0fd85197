import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@describe-image/services';
import { z } from 'zod';
import { ARTIFACTS } from '../../src/folders.ts';
import type { OwnerSession } from '../../src/n8n-api.ts';

/** A row of the page Settings > Community nodes. */
export interface InstalledPackage {
  readonly packageName: string;
  readonly installedVersion: string;
  readonly installedNodes: readonly { readonly type: string }[];
  readonly failedLoading: boolean;
  /** The newest version in the registry, if it is not installed. */
  readonly updateAvailable?: string | undefined;
}

/** The requests of the page Settings > Community nodes. */
export interface CommunityPackages {
  list(): Promise<readonly InstalledPackage[]>;
  /** @param version - @default the newest version */
  install(name: string, version?: string): Promise<void>;
  update(name: string, version: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export function communityPackages(owner: OwnerSession): CommunityPackages {
  const path = '/community-packages';
  return {
    list: async () => Rows.parse(await owner.call('GET', path)),
    async install(name, version) {
      await owner.call('POST', path, { name, version });
    },
    async update(name, version) {
      await owner.call('PATCH', path, { name, version });
    },
    async remove(name) {
      await owner.call('DELETE', `${path}?name=${encodeURIComponent(name)}`);
    },
  };
}

const Rows = z.array(
  z.object({
    packageName: z.string(),
    installedVersion: z.string(),
    installedNodes: z.array(z.object({ type: z.string() })),
    failedLoading: z.boolean(),
    updateAvailable: z.string().optional(),
  }),
);

/** The settings of an n8n whose npm has an empty cache and uses one registry. */
export interface RegistrySettings extends Disposable {
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * n8n 2.41.1 requires a license for `N8N_COMMUNITY_PACKAGES_REGISTRY`, so it is not set. n8n then passes the public npm registry to npm
 * as `--registry`. For the packages of a scope, npm uses the registry of the scope instead.
 */
export async function registrySettings(registry: string): Promise<RegistrySettings> {
  mkdirSync(ARTIFACTS, { recursive: true });
  const folder = mkdtempSync(join(ARTIFACTS, 'npm-'));
  const npmrc = join(folder, 'npmrc');
  const lines = [
    `registry=${registry}`,
    `@describe-image:registry=${registry}`,
    `cache=${join(folder, 'cache')}`,
  ];
  writeFileSync(npmrc, `${lines.join('\n')}\n`);
  // Requests to other hosts fail at a port that no program listens on.
  const proxy = `http://127.0.0.1:${await freePort()}`;
  return {
    settings: {
      NPM_CONFIG_USERCONFIG: npmrc,
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      NO_PROXY: '127.0.0.1,localhost',
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
