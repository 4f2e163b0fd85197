// Required fields of each package.json of the workspace, and forbidden ones of core's.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './workspace/list-files.ts';
import { isRecord, listProjects, type Project } from './workspace/list-projects.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

type Manifest = Readonly<Record<string, unknown>>;

/** Every published package has these scripts. */
const SCRIPTS = ['build', 'dev', 'test', 'typecheck', 'clean'];

/** Scripts that npm runs at installation or before publishing. */
const AUTOMATIC = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

const PROJECT = 'https://github.com/describe-image/describe-image';

const DEPENDENCIES = ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies'];

/** All problems of the manifests of the workspace. */
export function findManifestProblems(root: string): Problem[] {
  return listProjects(root).flatMap((project) =>
    [...rules(root, project)]
      .filter(([holds]) => !holds)
      .map(([, what]) => ({ where: `${project.folder}/package.json`, what })),
  );
}

function* rules(root: string, project: Project): Iterable<readonly [holds: boolean, what: string]> {
  const { manifest, name, folder, published } = project;
  const scripts = recordAt(manifest, 'scripts');
  const compiled = listFiles(root, `${folder}/*.ts`, `${folder}/*.tsx`).length > 0;
  yield [!compiled || existsSync(join(root, folder, 'tsconfig.json')), 'must have a tsconfig.json beside it'];
  for (const script of published ? SCRIPTS : compiled ? ['typecheck'] : [])
    yield [typeof scripts[script] === 'string', `must have the script "${script}"`];
  for (const script of AUTOMATIC)
    yield [!(script in scripts), `must not have the script "${script}", which npm runs automatically`];
  if (name === '@describe-image/core') {
    for (const kind of DEPENDENCIES)
      yield [Object.keys(recordAt(manifest, kind)).length === 0, `must not have ${kind}: core has none`];
  }
  if (!published) return;

  // n8n verifies only packages under MIT.
  const license = 'n8n' in manifest ? 'MIT' : 'Apache-2.0';
  const publishConfig = recordAt(manifest, 'publishConfig');
  yield [manifest['license'] === license, `must have the license ${license}`];
  yield [typeof manifest['description'] === 'string', 'must have a description, which npm search shows'];
  yield [Array.isArray(manifest['files']), 'must have "files", or its sources and tests are published'];
  yield [typeof recordAt(manifest, 'engines')['node'] === 'string', 'must have engines.node'];
  // npm packs every README.* and may show any of them on the package's page.
  const readmes = listFiles(root, `${folder}/README.*`).filter((file) => file !== `${folder}/README.md`);
  yield [
    readmes.length === 0,
    `must not be beside ${readmes.join(', ')}: name a translation README-zh-CN.md`,
  ];
  const { url, directory } = recordAt(manifest, 'repository');
  const homepage = `${PROJECT}/tree/main/${folder}#readme`;
  yield [url === `git+${PROJECT}.git`, `must have repository.url git+${PROJECT}.git, for provenance`];
  yield [directory === folder, `must have repository.directory "${folder}"`];
  yield [manifest['homepage'] === homepage, `must have the homepage ${homepage}`];
  yield [manifest['bugs'] === `${PROJECT}/issues`, `must have bugs ${PROJECT}/issues`];
  yield [isNonEmptyArray(manifest['keywords']), 'must have keywords, which npm search uses'];
  yield [!JSON.stringify(manifest).includes('.invalid'), 'must not have an address below .invalid'];
  yield [
    publishConfig['access'] === 'public',
    'must have publishConfig.access "public": its name has a scope',
  ];
  if ('backstage' in manifest) yield* backstageRules(manifest);
}

/** Backstage's prepack writes the published exports from those that point to the sources. */
function* backstageRules(manifest: Manifest): Iterable<readonly [holds: boolean, what: string]> {
  for (const script of ['prepack', 'postpack']) {
    yield [
      recordAt(manifest, 'scripts')[script] === `cli-module-build package ${script}`,
      `must have the script "${script}", or its published exports point to its sources`,
    ];
  }
  const exports = recordAt(manifest, 'publishConfig')['exports'];
  yield [exports === undefined, 'must not have publishConfig.exports, which prepack writes'];
  yield [
    './package.json' in recordAt(manifest, 'exports'),
    'must export ./package.json, which hosts read to discover plugins',
  ];
}

function isNonEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function recordAt(manifest: Manifest, name: string): Record<string, unknown> {
  const value = manifest[name];
  return isRecord(value) ? value : {};
}

if (isProgram(import.meta)) reportProblems(findManifestProblems(ROOT), 'every package.json is complete');
