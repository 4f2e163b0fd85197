import type { IForbiddenRuleType } from 'dependency-cruiser';

/** A part of the workspace and the parts that it may import. */
export interface Layer {
  readonly name: string;
  /** Its purpose, for the diagram. */
  readonly purpose: string;
  /** Matches the paths of its files. */
  readonly path: string;
  readonly imports: readonly string[];
  /** Whether its tests follow the rule too. */
  readonly tests?: boolean;
}

const CORE = '^packages/describe-image/';
const COMMON = '^packages/backstage-plugin-[^/]+-common/';
const ADAPTER = '(?:cli|n8n-nodes-[^/]+|backstage-plugin-[^/]+)';
const VECTORS = '^packages/signing-vectors/';
const TEST = '\\.test\\.tsx?$';

/** The published packages. */
export const PACKAGES: readonly Layer[] = [
  { name: 'core', purpose: 'the signed client', path: CORE, imports: [], tests: true },
  { name: 'emulator', purpose: 'the API offline', path: '^packages/emulator/', imports: [] },
  { name: 'cli', purpose: 'the command', path: '^packages/cli/', imports: ['core'] },
  { name: 'n8n', purpose: 'node and trigger', path: '^packages/n8n-nodes-[^/]+/', imports: ['core'] },
  { name: 'common', purpose: 'wire schemas', path: COMMON, imports: [], tests: true },
  {
    name: 'frontend',
    purpose: 'Backstage in the browser',
    path: '^packages/backstage-plugin-(?![^/]+-(?:common|backend|node)/)[^/]+/',
    imports: ['common'],
    tests: true,
  },
  {
    name: 'backend',
    purpose: 'Backstage on the server',
    path: '^packages/backstage-plugin-[^/]+-backend/',
    imports: ['core', 'common'],
  },
];

/** The folders of core. */
export const CORE_FOLDERS: readonly Layer[] = [
  folder('errors', 'error classes', []),
  folder('protocol', 'build, sign, parse, retry', ['errors']),
  folder('endpoints', 'hosts of regions', ['errors', 'protocol']),
  folder('operations', 'operations as data', ['errors', 'protocol', 'endpoints']),
  folder('images', 'references, listing, resolution', ['errors', 'protocol', 'operations']),
  folder('transport', 'HTTP', ['errors', 'protocol']),
  folder('credentials', 'credential providers', [
    'errors',
    'protocol',
    'endpoints',
    'operations',
    'transport',
  ]),
  folder('client', 'createClient', ['errors', 'protocol', 'endpoints', 'operations', 'images', 'transport']),
  folder('web', 'other runtimes', ['errors', 'protocol', 'transport', 'client']),
];

const PURE = `${CORE}src/(?:protocol|operations|errors|images|endpoints)/`;

/** The rules of dependency-cruiser. Its messages contain their comments. */
export const IMPORT_RULES: readonly IForbiddenRuleType[] = [
  ...PACKAGES.map((layer) =>
    layerRule(layer, PACKAGES, {
      path: layer.tests ? layer.path : `${layer.path}(?:src|nodes|credentials)/`,
      pathNot: layer.tests ? [] : [TEST],
      within: '^(?:packages|apps|bench)/',
    }),
  ),
  ...CORE_FOLDERS.map((layer) =>
    layerRule(layer, CORE_FOLDERS, {
      path: layer.path,
      // The entry point ./protocol exports the whole pure half but images.
      pathNot: [TEST, `${CORE}src/protocol/index\\.ts$`],
      within: `${CORE}src/`,
    }),
  ),
  {
    name: 'signing-vectors-for-tests-only',
    comment: 'the captured requests are a private package; published packages cannot import it',
    severity: 'error',
    from: { path: '^(?:packages|apps|bench)/', pathNot: [VECTORS, '^packages/[^/]+/test/', TEST] },
    to: { path: VECTORS },
  },
  {
    name: 'nothing-imports-an-adapter',
    comment: 'only apps import adapters; code that two adapters need belongs in core',
    severity: 'error',
    from: { path: '^(packages/[^/]+|bench|scripts)/' },
    to: { path: `^packages/${ADAPTER}/`, pathNot: ['^$1/', COMMON] },
  },
  {
    name: 'pure-half-imports-crypto-only',
    comment: 'hosts that forbid I/O bundle it: of Node it imports node:crypto only',
    severity: 'error',
    from: { path: PURE, pathNot: TEST },
    to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^(?:node:)?crypto$' },
  },
  {
    name: 'no-deep-imports',
    comment: 'packages import each other by name and exports, not by path',
    severity: 'error',
    from: { path: '^((?:packages|apps)/[^/]+|bench|scripts)/' },
    to: { path: '^(?:packages|apps)/', pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'no-cycles',
    comment: 'files that import each other are one concept: move the shared part to a third file',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'imports-resolve',
    comment: 'the file does not exist, or the package does not export it',
    severity: 'error',
    // n8n prescribes the text of this file, which imports an export that dependency-cruiser cannot resolve.
    from: { pathNot: '^packages/n8n-nodes-[^/]+/eslint[.]config[.]mjs$' },
    to: { couldNotResolve: true },
  },
];

function folder(name: string, purpose: string, imports: readonly string[]): Layer {
  return { name, purpose, path: `${CORE}src/${name}/`, imports };
}

function layerRule(
  { name, path, imports }: Layer,
  layers: readonly Layer[],
  from: { path: string; pathNot: readonly string[]; within: string },
): IForbiddenRuleType {
  const allowed = layers.filter((layer) => imports.includes(layer.name)).map((layer) => layer.path);
  return {
    name: `layer-${name}`,
    comment: `${name} may import ${imports.join(', ') || 'no other part'}; see docs/architecture.md`,
    severity: 'error',
    from: { path: from.path, pathNot: [...from.pathNot] },
    to: { path: from.within, pathNot: [path, VECTORS, ...allowed] },
  };
}
