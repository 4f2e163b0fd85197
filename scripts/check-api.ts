// The API reports in packages/*/api are those of the built declarations. With --write, writes them.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from '@microsoft/api-extractor';
import { isRecord, listProjects, type Project } from './workspace/list-projects.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

interface Entry {
  /** The report's name: `index`, `credentials-portable`. */
  readonly name: string;
  readonly declarations: string;
}

/** Compares the report of every entry point of a package with its declarations. */
export function findApiProblems(root: string, project: Project, { write = false } = {}): Problem[] {
  const folder = join(root, project.folder);
  const entries = listEntries(project).map(({ name, declarations }) => ({
    name,
    declarations: join(folder, declarations),
  }));
  const missing = entries.filter(({ declarations }) => !existsSync(declarations));
  if (missing.length > 0)
    return missing.map(({ declarations }) => ({ where: declarations, what: 'is missing; run `pnpm build`' }));

  const configs = entries.map((entry) => configOf(folder, entry));
  const [first] = configs;
  if (first === undefined) return [];
  mkdirSync(first.reportFolder, { recursive: true });
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: entries.map(({ declarations }) => declarations),
  });
  return configs.flatMap((config) => {
    const problems: Problem[] = [];
    const { apiReportChanged } = Extractor.invoke(config, {
      compilerState,
      localBuild: write,
      messageCallback(message) {
        message.handled = true;
        if (message.logLevel !== ExtractorLogLevel.Error) return;
        problems.push({ where: config.reportFilePath.slice(root.length + 1), what: message.text });
      },
    });
    if (apiReportChanged && !write)
      problems.push({
        where: config.reportFilePath.slice(root.length + 1),
        what: 'differs from the declarations; run `node scripts/check-api.ts --write` and review the change',
      });
    return problems;
  });
}

/** The declarations beside what each export publishes. Programs and n8n nodes have no exports. */
function listEntries({ manifest }: Project): Entry[] {
  const exports = manifest['exports'];
  if (!isRecord(exports)) return [];
  return Object.entries(exports)
    .filter(([subpath]) => !subpath.endsWith('.json'))
    .map(([subpath, target]) => ({
      name: subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-'),
      declarations: declarationsOf(target),
    }));
}

function declarationsOf(target: unknown): string {
  // Backstage's packages export their sources until they are packed.
  if (typeof target === 'string')
    return target.replace(/^\.\/src\/(.*)\.tsx?$/, './dist/$1.d.ts').replace(/\.([cm]?)js$/, '.d.$1ts');
  if (!isRecord(target)) return '';
  const file = target['node'] ?? target['import'] ?? target['default'];
  return declarationsOf(file);
}

function configOf(folder: string, { name, declarations }: Entry): ExtractorConfig {
  const quiet = { logLevel: ExtractorLogLevel.None };
  const configObject: IConfigFile = {
    projectFolder: folder,
    mainEntryPointFilePath: declarations,
    newlineKind: 'lf',
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          module: 'esnext',
          moduleResolution: 'bundler',
          target: 'es2023',
          lib: ['es2023', 'dom', 'dom.iterable'],
          jsx: 'react-jsx',
          types: [],
          strict: true,
          skipLibCheck: true,
        },
        files: [declarations],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: `${name}.api.md`,
      reportFolder: join(folder, 'api'),
      reportTempFolder: join(folder, 'node_modules/.cache/api'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: quiet },
      tsdocMessageReporting: { default: quiet },
      extractorMessageReporting: {
        default: quiet,
        'ae-missing-release-tag': { logLevel: ExtractorLogLevel.Error, addToApiReportFile: false },
      },
    },
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
}

if (isProgram(import.meta)) {
  const write = process.argv.includes('--write');
  const packages = listProjects(ROOT).filter(({ published }) => published);
  const problems = packages.flatMap((project) => findApiProblems(ROOT, project, { write }));
  reportProblems(problems, 'every API report fits its package');
}
