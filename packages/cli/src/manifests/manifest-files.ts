import { readFile } from 'node:fs/promises';
import { CommandError, UsageError } from '../command-error.ts';
import { EXIT } from '../exit-codes.ts';
import { dockerfileImages } from './dockerfile-images.ts';
import type { FoundImages } from './found-image.ts';

/** A file and its images. */
export interface ManifestFile extends FoundImages {
  readonly path: string;
  readonly text: string;
}

const PATTERNS = [
  '**/*.{yaml,yml}',
  '**/{Dockerfile,Containerfile}',
  '**/{Dockerfile,Containerfile}.*',
  '**/*.{Dockerfile,dockerfile}',
];
const IGNORED = ['**/node_modules/**', '**/.git/**'];

/** The manifest files of paths, folders and glob patterns, sorted. @throws UsageError for a path without files. */
export async function listManifests(paths: readonly string[]): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const { stat } = await import('node:fs/promises');
  const found = new Set<string>();
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isFile()) {
      found.add(path);
      continue;
    }
    const files = stats?.isDirectory()
      ? (await glob(PATTERNS, { cwd: path, ignore: IGNORED, dot: true })).map(
          (file) => `${path.replace(/\/$/, '')}/${file}`,
        )
      : await glob(path, { ignore: IGNORED, dot: true });
    if (files.length === 0 && stats === undefined)
      throw new UsageError(
        `${path}: no such file or folder, and no file matches it as a pattern`,
        'Give files, folders or quoted patterns such as "deploy/**/*.yaml".',
      );
    for (const file of files) found.add(file);
  }
  return [...found].sort();
}

/** @throws UsageError for a file that cannot be read. */
export async function readManifest(path: string): Promise<ManifestFile> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new CommandError(
      'Input',
      EXIT.usage,
      `${path}: ${error instanceof Error ? error.message : String(error)}`,
      'Give readable files.',
    );
  }
  const text = bytes.toString('utf8');
  // Writing it back would change other bytes.
  if (!Buffer.from(text, 'utf8').equals(bytes)) {
    const place = { line: 1, column: 1 };
    return { path, text, images: [], skipped: [{ text: path, place, reason: 'is not UTF-8' }] };
  }
  const { images, skipped } = await findImages(path, text);
  return { path, text, images, skipped };
}

/** The images of a file, by its name. */
export async function findImages(path: string, text: string): Promise<FoundImages> {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (/^(?:Dockerfile|Containerfile)(?:\..*)?$|\.dockerfile$/i.test(name)) return dockerfileImages(text);
  const { yamlImages } = await import('./yaml-images.ts');
  return yamlImages(path, text);
}
