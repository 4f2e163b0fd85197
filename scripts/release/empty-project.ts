import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, mustRun } from '../workspace/run-command.ts';

/**
 * A folder of a new user: its own home and npm cache, and no settings but the address of the registry.
 */
export interface EmptyProject {
  readonly folder: string;
  /** Installs packages with npm, engines checked strictly. */
  install(...specifiers: readonly string[]): Promise<void>;
  write(path: string, text: string): void;
  /** @param cwd - @defaultValue the folder of the project @throws when the exit code is not 0. */
  run(
    command: readonly string[],
    env?: Readonly<Record<string, string>>,
    cwd?: string,
  ): Promise<CommandResult>;
}

/**
 * @param parent - Folder in which the project is created.
 * @param registry - The only registry that npm may use.
 * @param node - Folder with the `node` and `npm` to use, put in front of PATH. @defaultValue the running Node's
 */
export function emptyProject(parent: string, name: string, registry: string, path: string): EmptyProject {
  const folder = mkdtempSync(join(parent, `${name}-`));
  const home = join(folder, '.home');
  mkdirSync(home);
  const env: Record<string, string | undefined> = {
    ...withoutNpmSettings(),
    HOME: home,
    PATH: path,
    npm_config_registry: registry,
    npm_config_engine_strict: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    npm_config_cache: join(parent, 'npm-cache'),
  };
  const run = (
    command: readonly string[],
    more: Readonly<Record<string, string>> = {},
    cwd: string = folder,
  ): Promise<CommandResult> => mustRun(command, { cwd, env: { ...env, ...more }, quiet: true });
  const write = (file: string, text: string): void => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('package.json', '{ "name": "project", "version": "1.0.0", "private": true }\n');
  return {
    folder,
    write,
    run,
    async install(...specifiers) {
      await run(['npm', 'install', '--loglevel=error', ...specifiers]);
    },
  };
}

/** Unsets what `npm run` and the workspace put into the environment. */
function withoutNpmSettings(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) =>
    /^(npm_|pnpm_|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$)/i.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
