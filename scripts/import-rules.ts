import type { IForbiddenRuleType } from 'dependency-cruiser';

const SOURCES = '(?:src|nodes|credentials|dev)/';
const ADAPTER = '(?:cli|n8n-nodes-[^/]+|backstage-plugin-[^/]+)';
const CORE = '^packages/describe-image/';
const TEST = '\\.test\\.tsx?$';

/**
 * Who may import whom. Each rule carries its reason, which is what the one who breaks it reads.
 * docs/architecture.md draws the same arrows.
 */
export const IMPORT_RULES: readonly IForbiddenRuleType[] = [
  {
    name: 'core-stands-alone',
    comment:
      'core imports nothing of ours, its tests included: the proof that it agrees with the emulator lives there',
    severity: 'error',
    from: { path: CORE },
    to: { path: '^(?:packages/(?!describe-image/|signing-vectors/)|apps/|bench/)' },
  },
  {
    name: 'signing-vectors-for-tests-only',
    comment:
      'the captured requests are a private package that only tests use; nothing published may import it',
    severity: 'error',
    from: {
      path: '^(?:packages|apps|bench)/',
      pathNot: ['^packages/signing-vectors/', '^packages/[^/]+/test/', TEST],
    },
    to: { path: '^packages/signing-vectors/' },
  },
  {
    name: 'emulator-never-imports-core',
    comment:
      'an emulator that shares code with the client agrees with every mistake in it; only its tests may import core',
    severity: 'error',
    from: { path: '^packages/emulator/src/', pathNot: TEST },
    to: { path: '^(?:packages/(?!emulator/)|apps/|bench/)' },
  },
  {
    name: 'adapters-import-core-only',
    comment:
      'an adapter translates between its host and core; of ours it may import core and a -common package',
    severity: 'error',
    from: { path: `^packages/(${ADAPTER})/${SOURCES}`, pathNot: [TEST, '^packages/[^/]+/dev/'] },
    to: {
      path: '^(?:packages|apps|bench)/',
      pathNot: ['^packages/$1/', CORE, '^packages/backstage-plugin-[^/]+-common/'],
    },
  },
  {
    name: 'nothing-imports-an-adapter',
    comment: 'adapters are the outermost ring; what two of them need belongs in core',
    severity: 'error',
    from: { path: '^(packages/[^/]+|bench|scripts)/' },
    to: { path: `^packages/${ADAPTER}/`, pathNot: ['^$1/', '^packages/backstage-plugin-[^/]+-common/'] },
  },
  {
    name: 'front-end-never-imports-core',
    comment: 'what runs in a browser must not be able to hold keys: the front end asks its back end',
    severity: 'error',
    from: { path: '^packages/backstage-plugin-(?![^/]+-(?:common|backend|node)/)[^/]+/' },
    to: { path: CORE },
  },
  {
    name: 'common-imports-nothing-of-ours',
    comment: 'what front end and back end share goes to browsers, and stands at the bottom',
    severity: 'error',
    from: { path: '^packages/(backstage-plugin-[^/]+-common)/' },
    to: { path: '^(?:packages|apps|bench)/', pathNot: '^packages/$1/' },
  },
  {
    name: 'pure-half-does-no-io',
    comment:
      'protocol, operations, errors and images are bundled into hosts that bring their own transport, clock and keys',
    severity: 'error',
    from: { path: `${CORE}src/(?:protocol|operations|errors|images)/`, pathNot: TEST },
    to: { path: `${CORE}src/`, pathNot: `${CORE}src/(?:protocol|operations|errors|images|endpoints)/` },
  },
  {
    name: 'pure-half-imports-crypto-only',
    comment:
      'of Node it may use node:crypto, which every host allows; everything else comes in as an argument',
    severity: 'error',
    from: { path: `${CORE}src/(?:protocol|operations|errors|images)/`, pathNot: TEST },
    to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^(?:node:)?crypto$' },
  },
  {
    name: 'no-deep-imports',
    comment: 'another package is imported by its name and exports, never by a path into it',
    severity: 'error',
    from: { path: '^((?:packages|apps)/[^/]+|bench|scripts)/' },
    to: { path: '^(?:packages|apps)/', pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'no-cycles',
    comment: 'two files that need each other hold one concept between them: move it to a third',
    severity: 'error',
    from: {},
    // A cycle that one `import type` closes is gone when the program runs.
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'imports-resolve',
    comment: 'the file is not there, or the package does not export it',
    severity: 'error',
    // n8n prescribes the text of this file, and its package exports it under conditions of its own.
    from: { pathNot: '^packages/n8n-nodes-[^/]+/eslint[.]config[.]mjs$' },
    to: { couldNotResolve: true },
  },
];
