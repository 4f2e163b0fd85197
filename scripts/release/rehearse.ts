// The way from a changeset to `npm install`, on this machine: `pnpm release:rehearse`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summaryLine } from '../ci/step.ts';
import { mustRun } from '../workspace/run-command.ts';
import { startLocalRegistry } from './local-registry.ts';
import { createRehearsal, type Rehearsal } from './rehearsal.ts';
import { ReleaseClone } from './release-clone.ts';
import { tryBackstage } from './try-backstage.ts';
import { tryCore } from './try-core.ts';
import { tryExamples } from './try-examples.ts';
import { tryPackages } from './try-packages.ts';
import { tryUpgrade } from './try-upgrade.ts';

export async function rehearse(): Promise<Rehearsal['tally']> {
  const parent = mkdtempSync(join(tmpdir(), 'describe-image-release-'));
  const { stdout: uplink } = await mustRun(['npm', 'config', 'get', 'registry'], { quiet: true });
  const registry = await startLocalRegistry(parent, uplink.trim());
  try {
    const clone = await ReleaseClone.create(join(parent, 'clone'));
    const released = await clone.release();
    const rehearsal = createRehearsal(parent, { registry, released, clone: clone.folder });
    const { tally } = rehearsal;
    for (const { name, version, tarball } of released)
      await tally.try(`publishes ${name} ${version}`, () => registry.publish(tarball));
    await tryPackages(rehearsal);
    await tryCore(rehearsal);
    await tryExamples(rehearsal);
    await tryBackstage(rehearsal);
    await tryUpgrade(rehearsal, clone);
    return tally;
  } finally {
    await registry.stop();
    rmSync(parent, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { counts } = await rehearse();
  console.log(summaryLine(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
