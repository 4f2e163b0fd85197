import { join } from 'node:path';
import { codeBlocks } from './readme-blocks.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { ReleaseClone } from './release-clone.ts';
import { withInstalledEmulator } from './with-installed-emulator.ts';

const NAMES = ['@describe-image/core', '@describe-image/cli', '@describe-image/emulator'];

/** Installs the first release, publishes a patch of every package, and upgrades with `npm update`. */
export async function tryUpgrade(rehearsal: Rehearsal, clone: ReleaseClone): Promise<void> {
  const { tally, registry, project, released } = rehearsal;
  const user = await project('upgrade', '24.21.0');
  await user.install(...NAMES);
  clone.addPatchChangesets();
  const patched = await clone.release();
  for (const { name, version, tarball } of patched) {
    const before = released.find((candidate) => candidate.name === name)?.version;
    await tally.try(`publishes ${name} ${version} after ${before}`, async () => {
      if (version === before) throw new Error('the version was not raised');
      if (!clone.changelog(name).includes(`## ${version}`)) throw new Error('the changelog has no entry');
      await registry.publish(tarball);
    });
  }
  await tally.try('npm update installs the patch, and the example still prints a digest', async () => {
    await user.run(['npm', 'update', '--loglevel=error']);
    const { stdout } = await user.run(['npm', 'ls', '--json', ...NAMES]);
    for (const { name, version } of patched.filter((candidate) => NAMES.includes(candidate.name)))
      if (!stdout.includes(`"version": "${version}"`))
        throw new Error(`${name} is not at ${version}\n${stdout}`);
    user.write('example.mjs', codeBlocks(join(clone.folder, 'packages/describe-image/README.md'), 'ts')[0]);
    await withInstalledEmulator(user, async (env) => {
      const { stdout: printed } = await user.run(['node', 'example.mjs'], env);
      if (!/sha256:[0-9a-f]{64}/.test(printed)) throw new Error(`expected a digest, got ${printed}`);
    });
  });
}
