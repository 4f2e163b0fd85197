// What every package.json of the workspace must say, and the things that core must never say.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isRecord } from './workspace/is-record.ts';
import { listProjects, type Project } from './workspace/list-projects.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

/** The same word does the same thing in every package. */
const SCRIPTS: Readonly<Record<string, string>> = {
  build: 'makes dist/',
  dev: 'makes it again whenever a source changes',
  test: 'runs the tests of this package',
  typecheck: 'compiles without writing anything',
  clean: 'removes what the others made',
};

/** Scripts that npm runs on a user's machine, or before publishing, unasked. */
const UNASKED = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

/** Everything wrong with the manifests of the workspace. */
export function findManifestProblems(root: string): Problem[] {
  return listProjects(root).flatMap((project) =>
    [
      ...scriptProblems(root, project),
      ...(project.published ? [...publicationProblems(project), ...exportProblems(project)] : []),
      ...(project.name === '@describe-image/core' ? coreProblems(project) : []),
    ].map((what) => ({ where: `${project.folder}/package.json`, what })),
  );
}

function scriptProblems(root: string, { folder, manifest, published }: Project): string[] {
  const scripts = recordAt(manifest, 'scripts');
  const wanted = published
    ? Object.keys(SCRIPTS)
    : existsSync(join(root, folder, 'tsconfig.json'))
      ? ['typecheck']
      : [];
  return [
    ...wanted
      .filter((name) => typeof scripts[name] !== 'string')
      .map((name) => `lacks the script "${name}", which ${SCRIPTS[name]}`),
    ...UNASKED.filter((name) => name in scripts).map(
      (name) => `has the script "${name}", which runs unasked`,
    ),
  ];
}

function publicationProblems({ manifest }: Project): string[] {
  const engines = recordAt(manifest, 'engines');
  const repository = recordAt(manifest, 'repository');
  return [
    // n8n verifies nothing but MIT.
    manifest['license'] === (isForN8n(manifest) ? 'MIT' : 'Apache-2.0')
      ? []
      : `must have the license ${isForN8n(manifest) ? 'MIT, which n8n asks for' : 'Apache-2.0'}`,
    typeof manifest['description'] === 'string'
      ? []
      : 'lacks a description, which is all that a search shows',
    Array.isArray(manifest['files']) ? [] : 'lacks "files": it would publish its sources and tests',
    typeof engines['node'] === 'string' ? [] : 'must say in engines.node which versions of Node it supports',
    typeof repository['url'] === 'string'
      ? []
      : 'must name its repository, without which npm refuses provenance',
    recordAt(manifest, 'publishConfig')['access'] === 'public'
      ? []
      : 'must have publishConfig.access "public", as its name has a scope',
  ].flat();
}

/** n8n finds its packages by this field. */
function isForN8n(manifest: Readonly<Record<string, unknown>>): boolean {
  return 'n8n' in manifest;
}

/** Users do not have the sources that the condition `source` leads to, so they get the exports without it. */
function exportProblems({ manifest }: Project): string[] {
  if ('backstage' in manifest) return prepackProblems(manifest);
  const published = recordAt(manifest, 'publishConfig')['exports'] ?? manifest['exports'];
  return isDeepStrictEqual(published, withoutSource(manifest['exports']))
    ? []
    : [
        'must repeat its exports in publishConfig.exports, without the condition "source" and otherwise the same',
      ];
}

/** Backstage's prepack makes the published exports from those that lead to the sources. */
function prepackProblems(manifest: Readonly<Record<string, unknown>>): string[] {
  const scripts = recordAt(manifest, 'scripts');
  return [
    ...['prepack', 'postpack']
      .filter((name) => scripts[name] !== `cli-module-build package ${name}`)
      .map((name) => `must have the script "${name}": it would publish exports that lead to its sources`),
    ...('exports' in recordAt(manifest, 'publishConfig')
      ? ['has publishConfig.exports, which hides from hosts what its exports are; prepack writes them']
      : []),
    ...('./package.json' in recordAt(manifest, 'exports')
      ? []
      : ['must export ./package.json, by which hosts discover a plugin']),
  ];
}

function withoutSource(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'source');
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutSource(inner)]));
}

function coreProblems({ manifest }: Project): string[] {
  const kinds = ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies'];
  return kinds
    .filter((kind) => Object.keys(recordAt(manifest, kind)).length > 0)
    .map((kind) => `has ${kind}; core has none, so that any host can carry it`);
}

function recordAt(manifest: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const value = manifest[name];
  return isRecord(value) ? value : {};
}

if (isProgram(import.meta))
  reportProblems(findManifestProblems(ROOT), 'every package.json says what it must');
