import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { BROWSER, runE2eTests } from '../ci/e2e.ts';
import { installPrograms } from '../ci/machine.ts';
import type { EmptyProject } from './empty-project.ts';
import { codeBlocks } from './readme-blocks.ts';
import type { Rehearsal } from './rehearsal.ts';

const YARN = 'yarn@1.22.22';
/** The driver of the default database. Versions before 13 compile it or download it from GitHub at installation. */
const SQLITE = '13.2.0';

/**
 * Creates a Backstage app with the newest create-app, updates it to the newest Backstage, installs the plugins by the commands and code
 * blocks of their READMEs, and opens an entity page in Chromium.
 */
export async function tryBackstage(rehearsal: Rehearsal): Promise<void> {
  const { tally, project, clone } = rehearsal;
  await installPrograms(BROWSER);
  const user = await project('backstage', process.versions.node);
  const frontend = join(clone, 'packages/backstage-plugin-describe-image/README.md');
  const backend = join(clone, 'packages/backstage-plugin-describe-image-backend/README.md');
  const run = await createApp(user, rehearsal.registry.url);
  for (const readme of [backend, frontend]) {
    const [command] = codeBlocks(readme, 'sh');
    await tally.try(`the newest Backstage app: ${command.trim()}`, () => run(['sh', '-c', command]));
  }
  addToBackend(join(user.folder, 'portal/packages/backend/src/index.ts'), codeBlocks(backend, 'ts')[0]);
  annotate(join(user.folder, 'portal/examples/entities.yaml'), codeBlocks(frontend, 'yaml')[0]);
  const config = codeBlocks(backend, 'yaml').find((block) => block.includes('describeImage:'));
  if (config === undefined) throw new Error(`${backend}: no configuration`);
  writeFileSync(join(user.folder, 'portal/describe-image.yaml'), config);
  await tally.try('the newest Backstage app builds with the plugin', () =>
    run(['yarn', 'workspace', 'app', 'build']),
  );
  tally.add(
    await runE2eTests('backstage-consumer', 'backstage', 'test/consumer', {
      CONSUMER_APP: join(user.folder, 'portal'),
    }),
  );
}

type Run = (command: readonly string[]) => Promise<void>;

async function createApp(user: EmptyProject, registry: string): Promise<Run> {
  await user.install(YARN);
  const bin = join(user.folder, 'node_modules/.bin');
  const env = {
    PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
    BACKSTAGE_APP_NAME: 'portal',
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    // The app rejects packages that are younger than three days.
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    // Install scripts compile or download; the packages that this app loads contain what they need.
    YARN_ENABLE_SCRIPTS: '0',
    // Yarn 4.13 crashes when it repeats a failed request. `run` repeats the command instead.
    YARN_HTTP_RETRY: '0',
    YARN_HTTP_TIMEOUT: '300000',
  };
  await user.run(['npx', '--yes', '@backstage/create-app@latest', '--skip-install'], env);
  const folder = join(user.folder, 'portal');
  const manifest = join(folder, 'package.json');
  const content = JSON.parse(readFileSync(manifest, 'utf8'));
  content.resolutions = { ...content.resolutions, 'better-sqlite3': SQLITE };
  writeFileSync(manifest, JSON.stringify(content, null, 2));
  const run: Run = async (command) => {
    for (let attempt = 1; ; attempt++)
      try {
        await user.run(command, env, folder);
        return;
      } catch (error) {
        if (attempt === 3) throw error;
      }
  };
  // create-app has version ranges that mix two releases of Backstage; this installs the newest release as a whole.
  await run(['yarn', 'up', '@backstage/*']);
  return run;
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
