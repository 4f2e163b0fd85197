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
import { HOST_MANIFESTS, N8N_HOST } from './folders.ts';

/** Tells which manifests the installation was finished from. */
const MARK = join(N8N_HOST, 'installed-from');

/** Installs n8n, unless it is there already: minutes, 2 GB, and a C++ compiler for its database. */
export async function installN8n(): Promise<void> {
  const wanted = fingerprint();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === wanted) return;
  mkdirSync(N8N_HOST, { recursive: true });
  rmSync(MARK, { force: true });
  for (const file of readdirSync(HOST_MANIFESTS))
    copyFileSync(join(HOST_MANIFESTS, file), join(N8N_HOST, file));
  await runProgram(['pnpm', 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: N8N_HOST,
    env: { ...process.env, ...headersOfNode(), CI: '1' },
  });
  writeFileSync(MARK, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of readdirSync(HOST_MANIFESTS).sort())
    hash.update(file).update(readFileSync(join(HOST_MANIFESTS, file)));
  return hash.digest('hex');
}

/** The database is compiled against this very Node; without its headers node-gyp looks for them on the web. */
function headersOfNode(): NodeJS.ProcessEnv {
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
