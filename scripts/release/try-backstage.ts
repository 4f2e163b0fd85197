import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER, runE2eTests } from '../ci/e2e.ts';
import { installPrograms } from '../ci/machine.ts';
import { isRecord } from '../workspace/list-projects.ts';
import { type BackstageApp, type BackstageRelease, createBackstageApp } from './backstage-app.ts';
import { doubledPackages, type InstalledPackage, installedPackages } from './installed-packages.ts';
import { codeBlocks } from './readme-blocks.ts';
import type { Rehearsal } from './rehearsal.ts';
import { bytesIn, LICENCES } from './try-packages.ts';

/** The first row of the table of supported releases in the READMEs. */
const OLDEST: BackstageRelease = { name: 'Backstage 1.55', createApp: '0.9.2', before: '2026-10-12' };
const NEWEST: BackstageRelease = { name: 'the newest Backstage', createApp: 'latest' };

/**
 * What the plugins may add to an app, in MiB on disk, with the dependencies that the app does not have. In an app of the oldest release, two
 * copies of a newer zod are 12 of them.
 */
const BUDGETS_MIB = new Map([
  [OLDEST, 18],
  [NEWEST, 6],
]);

/** npm runs these on installation. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/** The READMEs of the plugins, as they are published. */
interface Readmes {
  readonly frontend: string;
  readonly backend: string;
}

/**
 * Creates an app of the oldest supported Backstage and one of the newest, installs the plugins by the commands and code blocks of their
 * READMEs, and opens an entity page in Chromium.
 */
export async function tryBackstage(rehearsal: Rehearsal): Promise<void> {
  await installPrograms(BROWSER);
  const readmes = {
    frontend: join(rehearsal.clone, 'packages/backstage-plugin-describe-image/README.md'),
    backend: join(rehearsal.clone, 'packages/backstage-plugin-describe-image-backend/README.md'),
  };
  const { tally, registry, project } = rehearsal;
  for (const release of [OLDEST, NEWEST]) {
    const user = await project('backstage', process.versions.node);
    let app: BackstageApp | undefined;
    await tally.try(`creates an app of ${release.name}`, async () => {
      app = await createBackstageApp(user, registry, release);
    });
    if (app === undefined) continue;
    // Yarn would add the newest Backstage packages beside those of an older app.
    if (release === OLDEST)
      app.mergeManifest(JSON.parse(blockWith(readmes.backend, 'json', '"resolutions"')));
    await installPlugins(rehearsal, release, app, readmes);
    tally.add(
      await runE2eTests(`backstage-${release.createApp}`, 'backstage', 'test/consumer', {
        CONSUMER_APP: app.folder,
      }),
    );
  }
}

async function installPlugins(
  { tally }: Rehearsal,
  release: BackstageRelease,
  { folder, run }: BackstageApp,
  { frontend, backend }: Readmes,
): Promise<void> {
  const title = `an app of ${release.name}`;
  const budget = BUDGETS_MIB.get(release) ?? 0;
  const doubledBefore = doubledPackages(folder);
  const before = new Set(Array.from(installedPackages(folder), ({ path }) => path));
  for (const readme of [backend, frontend]) {
    const [command] = codeBlocks(readme, 'sh');
    await tally.try(`${title}: ${command.trim()}`, () => run(['sh', '-c', command]));
  }
  await tally.try(`${title} has each Backstage and React package once`, async () => {
    const doubled = [...doubledPackages(folder)].filter(([name]) => !doubledBefore.has(name));
    if (doubled.length > 0) throw new Error(JSON.stringify(Object.fromEntries(doubled), null, 2));
  });
  const added = [...installedPackages(folder)].filter(({ path }) => !before.has(path));
  await tally.try(
    `${title} gets at most ${budget} MiB, permissive licences and no install scripts`,
    async () => checkAdded(added, budget),
  );
  addToBackend(join(folder, 'packages/backend/src/index.ts'), codeBlocks(backend, 'ts')[0]);
  annotate(join(folder, 'examples/entities.yaml'), codeBlocks(frontend, 'yaml')[0]);
  writeFileSync(join(folder, 'describe-image.yaml'), blockWith(backend, 'yaml', 'describeImage:'));
  await tally.try(`${title} builds with the plugins`, () => run(['yarn', 'workspace', 'app', 'build']));
}

/** @throws when packages are too large, or one has another licence or a script that npm runs on installation. */
function checkAdded(added: readonly InstalledPackage[], budgetMib: number): void {
  const describe = ({ name, manifest, path }: InstalledPackage) =>
    `${name} ${manifest['version']} (${manifest['license']}, ${Math.round(bytesIn(path) / 1024)} KiB)`;
  // The folder of a package contains those below it.
  const outermost = added.filter(({ path }) => !added.some((other) => path.startsWith(`${other.path}/`)));
  const mebibytes = outermost.reduce((sum, { path }) => sum + bytesIn(path), 0) / 2 ** 20;
  const refused = added.filter(({ manifest }) => {
    const scripts = Object.keys(isRecord(manifest['scripts']) ? manifest['scripts'] : {});
    return (
      !LICENCES.has(String(manifest['license'])) || scripts.some((name) => INSTALL_SCRIPTS.includes(name))
    );
  });
  if (mebibytes > budgetMib || refused.length > 0)
    throw new Error(
      `${mebibytes.toFixed(2)} MiB\nrefused: ${refused.map(describe).join('\n')}\nadded: ${added.map(describe).join('\n')}`,
    );
}

/** The first block of a language that contains a text. */
function blockWith(readme: string, language: string, text: string): string {
  const found = codeBlocks(readme, language).find((block) => block.includes(text));
  if (found === undefined) throw new Error(`${readme}: no block of ${language} with ${text}`);
  return found;
}

/** Adds the line of the README that adds the plugin. */
function addToBackend(index: string, block: string): void {
  const line = block.split('\n').find((candidate) => candidate.includes('@describe-image/'));
  if (line === undefined) throw new Error('the README does not add the plugin to the back end');
  writeFileSync(index, readFileSync(index, 'utf8').replace('backend.start();', `${line}\nbackend.start();`));
}

/** Adds the annotations of the README to the example website of the app. */
function annotate(entities: string, block: string): void {
  const annotations = block.replace(/^metadata:\n/, '');
  const text = readFileSync(entities, 'utf8');
  writeFileSync(entities, text.replace(/^ {2}name: example-website\n/m, `$&${annotations}`));
}
