import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One member of the pnpm workspace. */
export interface Project {
  readonly name: string;
  /** Relative to the repository, with forward slashes: `packages/cli`. */
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Whether it is published to the npm registry. */
  readonly published: boolean;
}

/** Every project of the workspace, in the order of their folders. */
export function listProjects(root: string): Project[] {
  const patterns = workspacePatterns(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'));
  return globSync(patterns, { cwd: root })
    .map((folder) => folder.replaceAll('\\', '/'))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort()
    .map((folder) => readProject(root, folder));
}

function workspacePatterns(yaml: string): string[] {
  const block = /^packages:\n((?: +- .*\n)+)/m.exec(yaml)?.[1] ?? '';
  return block.split('\n').flatMap((line) => /^ +- (.+?)\s*$/.exec(line)?.[1] ?? []);
}

function readProject(root: string, folder: string): Project {
  const manifest: unknown = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  if (!isRecord(manifest) || typeof manifest['name'] !== 'string') {
    throw new Error(`${folder}/package.json must hold an object with a name`);
  }
  return { name: manifest['name'], folder, manifest, published: manifest['private'] !== true };
}

/** Whether a value is an object or an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
