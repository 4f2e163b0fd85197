import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';

/**
 * The npm settings that a nested npm or pnpm needs to reach its registry, with scoped registries
 * (`@scope:registry`) and tokens (`//host/:_authToken`). `npm run` passes on all of its settings, and the
 * others break a nested installation: `prefix` moves it, `omit` leaves out half of it.
 */
const KEPT_SETTINGS =
  /^npm_config_(@.*|\/\/.*|registry|userconfig|globalconfig|cache|(https?_)?proxy|noproxy|ca|cafile|cert|key|strict_ssl|fetch_retries|fetch_timeout|maxsockets|nodedir|store_dir)$/i;

/**
 * Variables that `npm run` sets for its script, and NODE_ENV: with `production`, installers leave out
 * development dependencies.
 */
const DROPPED =
  /^(npm_(config|lifecycle|package)_.*|npm_command|npm_execpath|npm_node_execpath|INIT_CWD|NODE|NODE_ENV)$/i;

const FOLDERS = [
  'npm_config_cache',
  'npm_config_store_dir',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
];

/**
 * The environment for the programs that the bootstrap starts.
 *
 * @param {NodeJS.ProcessEnv} env The environment of the bootstrap.
 * @param {{ bin: string, spareHome: string, writable?: (path: string) => boolean }} options
 *   `bin` goes in front of PATH; `spareHome` replaces a home that cannot be written to.
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(env, { bin, spareHome, writable = isWritable }) {
  const child = Object.fromEntries(
    Object.entries(env).filter(([name, value]) =>
      KEPT_SETTINGS.test(name) ? value !== '' : !DROPPED.test(name),
    ),
  );
  const path = Object.keys(child).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  child[path] = [bin, child[path]].filter(Boolean).join(delimiter);

  if (process.platform !== 'win32' && (!child['HOME'] || !writable(child['HOME']))) {
    mkdirSync(spareHome, { recursive: true });
    child['HOME'] = spareHome;
  }
  for (const name of FOLDERS) {
    if (child[name] !== undefined && !writable(child[name])) delete child[name];
  }
  return {
    // By default a lost DNS query costs five seconds, and installers send many at once.
    RES_OPTIONS: 'timeout:1 attempts:5',
    ...child,
    // Disables telemetry and update checks.
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
    DO_NOT_TRACK: '1',
  };
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
