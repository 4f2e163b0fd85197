import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The npm settings that a nested npm or pnpm needs to reach its registry. `npm run` passes on all of its
 * settings, and the others break a nested installation: `prefix` moves it, `omit` leaves out half of it.
 */
const KEPT_SETTINGS = new Set([
  'registry',
  'userconfig',
  'globalconfig',
  'cache',
  'proxy',
  'https_proxy',
  'http_proxy',
  'noproxy',
  'ca',
  'cafile',
  'cert',
  'key',
  'strict_ssl',
  'fetch_retries',
  'fetch_timeout',
  'maxsockets',
  'nodedir',
  'store_dir',
]);

/** Set by `npm run` for its script; a nested run would read them as its own. */
const RUN_VARIABLES =
  /^(npm_(lifecycle|package)_|npm_command$|npm_execpath$|npm_node_execpath$|INIT_CWD$|NODE$)/i;

/**
 * The environment for the programs that the bootstrap starts.
 *
 * @param {NodeJS.ProcessEnv} env The environment of the bootstrap.
 * @param {{ path: readonly string[], spareHome: string, writable?: (path: string) => boolean }} options
 *   `path` goes in front of PATH; `spareHome` replaces a home that cannot be written to.
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(env, { path, spareHome, writable = isWritable }) {
  /** @type {NodeJS.ProcessEnv} */
  const child = {};
  for (const [name, value] of Object.entries(env)) {
    if (!isForeign(name, value)) child[name] = value;
  }
  prependPath(child, path);

  if (process.platform !== 'win32' && (!child['HOME'] || !writable(child['HOME']))) {
    mkdirSync(spareHome, { recursive: true });
    child['HOME'] = spareHome;
  }
  for (const name of [
    'npm_config_cache',
    'npm_config_store_dir',
    'XDG_CACHE_HOME',
    'XDG_DATA_HOME',
    'XDG_STATE_HOME',
  ]) {
    if (child[name] !== undefined && !writable(child[name])) delete child[name];
  }

  // Disables telemetry and update checks.
  child['TURBO_TELEMETRY_DISABLED'] = '1';
  child['TURBO_NO_UPDATE_NOTIFIER'] = '1';
  child['npm_config_update_notifier'] = 'false';
  child['DO_NOT_TRACK'] = '1';
  // By default a lost DNS query costs five seconds, and installers send many at once.
  child['RES_OPTIONS'] ??= 'timeout:1 attempts:5';
  return child;
}

/**
 * @param {string} name
 * @param {string | undefined} value
 * @returns {boolean}
 */
function isForeign(name, value) {
  if (value === undefined || RUN_VARIABLES.test(name)) return true;
  // With NODE_ENV=production, installers leave out development dependencies.
  if (name === 'NODE_ENV') return true;
  const setting = /^npm_config_(.*)$/i.exec(name)?.[1]?.toLowerCase();
  if (setting === undefined) return false;
  // Scoped registries and their tokens: @scope:registry and //host/:_authToken.
  if (setting.startsWith('@') || setting.startsWith('//')) return false;
  return value === '' || !KEPT_SETTINGS.has(setting);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} folders
 */
function prependPath(env, folders) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const separator = process.platform === 'win32' ? ';' : ':';
  env[name] = [...folders, env[name]].filter(Boolean).join(separator);
}

/**
 * Whether a folder, or its nearest existing parent, can be written to.
 *
 * @param {string} path
 * @returns {boolean}
 */
export function isWritable(path) {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
