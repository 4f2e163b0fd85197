import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { repositoryName } from '@describe-image/core/images';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { withClient } from '../with-client.ts';

const MAX_AGE_MS = 600_000;
/** A completion must be fast: of a large inventory, only the first pages are completed. */
const PAGES = 20;
const LIMITS = { attemptTimeoutMs: 2_000, totalTimeoutMs: 3_000, maxRetries: 0 };

/** References of the inventory, from a file of this user, or from the service. Empty without keys. */
export async function cachedReferences(input: CommandInput, context: CliContext): Promise<readonly string[]> {
  const { environment, credentialHost } = context;
  const home = credentialHost?.homeDirectory?.() ?? homedir();
  const folder = join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'describe-image');
  const path = join(folder, 'references.json');
  const source = `${environment['DESCRIBE_IMAGE_ENDPOINT'] ?? ''} ${environment['ALIBABA_CLOUD_PROFILE'] ?? ''}`;
  const cached = await readCache(path, source);
  if (cached !== undefined) return cached;
  const references = await listReferences(input, context).catch(() => []);
  if (references.length > 0) {
    const temporary = `${path}.${process.pid}.tmp`;
    await mkdir(folder, { recursive: true, mode: 0o700 })
      .then(() =>
        writeFile(temporary, JSON.stringify({ at: Date.now(), source, references }), { mode: 0o600 }),
      )
      .then(() => rename(temporary, path))
      .catch(() => {});
  }
  return references;
}

async function readCache(path: string, source: string): Promise<readonly string[] | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { at, source: cachedSource, references } = value as Partial<Record<string, unknown>>;
    if (typeof at !== 'number' || Date.now() - at > MAX_AGE_MS || cachedSource !== source) return undefined;
    return Array.isArray(references) ? references.map(String) : undefined;
  } catch {
    return undefined;
  }
}

async function listReferences(input: CommandInput, context: CliContext): Promise<readonly string[]> {
  const list = async (references: Set<string>): Promise<void> =>
    withClient(
      input,
      context,
      async (client) => {
        for await (const page of client.listImages({}, { signal: context.signal }).pages()) {
          for (const image of page.images) {
            const name = repositoryName(undefined, image);
            if (name !== undefined && image.tag !== undefined) references.add(`${name}:${image.tag}`);
          }
          if (page.currentPage >= PAGES) return;
        }
      },
      { defaults: LIMITS },
    );
  const references = new Set<string>();
  // What was listed before a failure is completed too.
  await list(references).catch(() => {});
  return [...references].sort();
}
