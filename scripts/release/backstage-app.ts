import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { EmptyProject } from './empty-project.ts';
import type { LocalRegistry } from './local-registry.ts';

const YARN = 'yarn@1.22.22';
/** The driver of the default database. Versions before 13 compile it or download it from GitHub at installation. */
const SQLITE = '13.2.0';

/** A release of Backstage to create an app of. */
export interface BackstageRelease {
  /** For titles. */
  readonly name: string;
  /** Version of `@backstage/create-app`. */
  readonly createApp: string;
  /**
   * The app gets the versions that were published before this date, as an app whose lockfile is of that time.
   *
   * @defaultValue the newest versions of all Backstage packages
   */
  readonly before?: string;
}

/** A Backstage app with its packages installed. */
export interface BackstageApp {
  readonly folder: string;
  /** Runs a command in its folder. @throws when it fails four times. */
  run(command: readonly string[]): Promise<void>;
  /** Merges fields of the package.json of the app, as its owner would. */
  mergeManifest(fields: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
}

/** Creates an app as `npx @backstage/create-app` does. */
export async function createBackstageApp(
  user: EmptyProject,
  registry: LocalRegistry,
  { createApp, before }: BackstageRelease,
): Promise<BackstageApp> {
  await user.install(YARN);
  const folder = join(user.folder, 'portal');
  const env = {
    PATH: [join(user.folder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']].join(
      delimiter,
    ),
    BACKSTAGE_APP_NAME: 'portal',
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    // The apps share most of their packages.
    YARN_GLOBAL_FOLDER: join(user.folder, '..', 'yarn'),
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
  const run = async (command: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    for (let attempt = 1; ; attempt++)
      try {
        await user.run(command, { ...env, ...more }, folder);
        return;
      } catch (error) {
        if (attempt === 4) throw error;
      }
  };
  await user.run(['npx', '--yes', `@backstage/create-app@${createApp}`, '--skip-install'], env);
  // Thousands of packages come from the registry of the machine; the local one is slower.
  appendFileSync(
    join(folder, '.yarnrc.yml'),
    `\nnpmRegistryServer: ${registry.uplink}\nnpmScopes:\n  describe-image:\n    npmRegistryServer: ${registry.url}\n`,
  );
  const app: BackstageApp = {
    folder,
    run,
    mergeManifest(fields) {
      const file = join(folder, 'package.json');
      const content = JSON.parse(readFileSync(file, 'utf8'));
      for (const [name, value] of Object.entries(fields)) content[name] = { ...content[name], ...value };
      writeFileSync(file, JSON.stringify(content, null, 2));
    },
  };
  app.mergeManifest({ resolutions: { 'better-sqlite3': SQLITE } });
  // create-app has version ranges that mix releases of Backstage. An app has one release as a whole.
  if (before === undefined) await run(['yarn', 'up', '@backstage/*']);
  else await run(['yarn', 'install'], versionsBefore(before));
  return app;
}

/** Settings with which Yarn ignores versions that were published later. */
function versionsBefore(date: string): Readonly<Record<string, string>> {
  return {
    YARN_NPM_MINIMAL_AGE_GATE: String(Math.floor((Date.now() - Date.parse(date)) / 60_000)),
    // Older versions of these do not install without a compiler or with a patch that npm does not contain.
    YARN_NPM_PREAPPROVED_PACKAGES: 'better-sqlite3,@yarnpkg/*',
  };
}
