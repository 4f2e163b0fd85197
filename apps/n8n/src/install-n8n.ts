import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from '@describe-image/services';
import { HOST_MANIFESTS, N8N_HOST, N8N_VERSION } from './folders.ts';

/** Contains the fingerprint of a complete installation. */
const FINGERPRINT_FILE = join(N8N_HOST, 'installed-from');

/** Installs n8n unless it is installed. It takes minutes, 2 GB, and a C++ compiler for its database driver. */
export async function installN8n(): Promise<void> {
  const expected = fingerprint();
  if (existsSync(FINGERPRINT_FILE) && readFileSync(FINGERPRINT_FILE, 'utf8') === expected) return;
  mkdirSync(N8N_HOST, { recursive: true });
  rmSync(FINGERPRINT_FILE, { force: true });
  for (const file of readdirSync(HOST_MANIFESTS))
    copyFileSync(join(HOST_MANIFESTS, file), join(N8N_HOST, file));
  const install =
    N8N_VERSION === undefined
      ? ['install', '--frozen-lockfile']
      : ['add', '--save-exact', `n8n@${N8N_VERSION}`];
  await runProgram(['pnpm', ...install, '--reporter=append-only'], {
    cwd: N8N_HOST,
    env: { ...process.env, ...nodeHeaders(), CI: '1' },
  });
  writeFileSync(FINGERPRINT_FILE, expected);
}

function fingerprint(): string {
  const hash = createHash('sha256')
    .update(process.version)
    .update(N8N_VERSION ?? '');
  for (const file of readdirSync(HOST_MANIFESTS).sort())
    hash.update(file).update(readFileSync(join(HOST_MANIFESTS, file)));
  return hash.digest('hex');
}

/** The database driver is compiled for the running Node. Without local headers, node-gyp downloads them. */
function nodeHeaders(): NodeJS.ProcessEnv {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}

if (import.meta.main) {
  try {
    await installN8n();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
