import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The npm settings that a person may have made and that a nested npm or pnpm needs to reach its
 * registry. `npm run` hands down all of its settings, and the others would do harm: a prefix sends the
 * installation elsewhere, `omit` leaves half of it out.
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

/** Left by `npm run` for the script it started; a nested run must not take them for its own. */
const RUN_VARIABLES =
  /^(npm_(lifecycle|package)_|npm_command$|npm_execpath$|npm_node_execpath$|INIT_CWD$|NODE$)/i;

/**
 * The environment for everything the bootstrap starts.
 *
 * @param {NodeJS.ProcessEnv} env What the bootstrap itself was given.
 * @param {{ path: readonly string[], spareHome: string, writable?: (path: string) => boolean }} options
 *   `path` is put in front of PATH; `spareHome` serves a user whose own home cannot be written to.
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

  // The two tools that would report to their makers, and ask for news of themselves.
  child['TURBO_TELEMETRY_DISABLED'] = '1';
  child['TURBO_NO_UPDATE_NOTIFIER'] = '1';
  child['npm_config_update_notifier'] = 'false';
  child['DO_NOT_TRACK'] = '1';
  // A lost DNS query costs five seconds unless told otherwise, and installers send many at once.
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
  // Installers leave development dependencies out in production; the workspace is always development.
  if (name === 'NODE_ENV') return true;
  const setting = /^npm_config_(.*)$/i.exec(name)?.[1]?.toLowerCase();
  if (setting === undefined) return false;
  // Scoped registries and their tokens are spelled @scope:registry and //host/:_authToken.
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
 * Whether a folder, or the nearest one above it that exists, can be written to.
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

/**
 * Where the spare home is kept.
 *
 * @param {string} toolchain
 * @returns {string}
 */
export function spareHomeIn(toolchain) {
  return join(toolchain, 'home');
}
