/** One of the things that `pnpm check` looks at. */
export interface Check {
  /** To run it alone: `pnpm check <name>`. */
  readonly name: string;
  /** Node's arguments, relative to the repository. */
  readonly command: readonly string[];
  /** What to do when it fails and its own words do not say. */
  readonly remedy: string;
  /** Whether it looks at dist/, which is then built before. */
  readonly needsBuild?: boolean;
}

const TOOLS = 'scripts/node_modules';

/** In the order in which they are reported: the cheap ones that fail most often come first. */
export const CHECKS: readonly Check[] = [
  {
    name: 'format',
    command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
    remedy: '`pnpm format` mends most of it; the rest says which rule it breaks',
  },
  { name: 'types', command: ['scripts/check-types.ts'], remedy: 'mend what the compiler names' },
  {
    name: 'imports',
    command: ['scripts/check-imports.ts'],
    remedy: 'the reason of each rule is in scripts/import-rules.ts',
  },
  {
    name: 'unused',
    command: [`${TOOLS}/knip/bin/knip.js`, '--treat-config-hints-as-errors', '--no-progress'],
    remedy: 'remove what nothing uses, or name what uses it in knip.jsonc',
  },
  {
    name: 'versions',
    command: [`${TOOLS}/sherif/index.js`],
    remedy: 'versions live once, in the catalog of pnpm-workspace.yaml; dependencies are sorted by name',
  },
  {
    name: 'manifests',
    command: ['scripts/check-manifests.ts'],
    remedy: 'mend the package.json that it names',
  },
  {
    name: 'size',
    command: ['scripts/check-size.ts'],
    remedy: 'move what is rarely needed behind `import()`, or make it smaller',
  },
  {
    name: 'packages',
    command: ['scripts/check-packages.ts'],
    remedy: 'each rule is explained at publint.dev and arethetypeswrong.github.io',
    needsBuild: true,
  },
  {
    name: 'generated',
    command: ['scripts/check-generated.ts'],
    remedy: 'generate the documents again, and commit them',
  },
  {
    name: 'examples',
    command: ['scripts/check-examples.ts'],
    remedy: 'an example imports all that it uses: users copy it as it is',
  },
  { name: 'links', command: ['scripts/check-links.ts'], remedy: 'mend the link, or the heading it names' },
  {
    name: 'conventions',
    command: ['scripts/check-conventions.ts'],
    remedy: 'STYLE.md has the table of words and the reasons',
  },
];
