import { installN8n, runE2eTests } from '../ci/e2e.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { ReleasedPackage } from './release-clone.ts';

const NAME = '@describe-image/n8n-nodes-describe-image';

/**
 * Installs the nodes into n8n with its own installer for community packages, updates them and runs an example workflow.
 *
 * @param patched - The second release, which must be published.
 */
export async function tryN8n(
  { tally, registry, released }: Rehearsal,
  patched: readonly ReleasedPackage[],
): Promise<void> {
  await installN8n();
  tally.add(
    await runE2eTests('n8n-installer', 'n8n', 'test/installer', {
      INSTALLER_REGISTRY: registry.url,
      INSTALLER_PREVIOUS_VERSION: versionIn(released),
      INSTALLER_NEWEST_VERSION: versionIn(patched),
    }),
  );
}

function versionIn(release: readonly ReleasedPackage[]): string {
  const version = release.find(({ name }) => name === NAME)?.version;
  if (version === undefined) throw new Error(`${NAME} was not released`);
  return version;
}
