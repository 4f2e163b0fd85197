/** One check of `pnpm check`. */
export interface Check {
  /** To run it alone: `pnpm check <name>`. */
  readonly name: string;
  /** Node's arguments, relative to the repository. */
  readonly command: readonly string[];
  /** What to do when it fails. */
  readonly remedy: string;
  /** Whether it reads dist/, which is then built first. */
  readonly needsBuild?: boolean;
}

const TOOLS = 'scripts/node_modules';
const TURBO = 'node_modules/turbo/bin/turbo';

/** In the order in which they are reported: the cheap ones that fail most often come first. */
export const CHECKS: readonly Check[] = [
  {
    name: 'format',
    command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
    remedy: '`pnpm format` fixes most of it; the other messages name the rule',
  },
  {
    name: 'types',
    command: [TURBO, 'run', 'typecheck', '--concurrency=100%', '--continue', '--output-logs=errors-only'],
    remedy: 'fix the errors of the compiler',
  },
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
    remedy: 'fix the package.json that it names',
  },
  {
    name: 'size',
    command: ['scripts/check-size.ts'],
    remedy: 'move what is rarely needed behind `import()`, or make it smaller',
    needsBuild: true,
  },
  {
    name: 'packages',
    command: ['scripts/check-packages.ts'],
    remedy: 'each rule is explained at publint.dev and arethetypeswrong.github.io',
    needsBuild: true,
  },
  {
    name: 'api',
    command: ['scripts/check-api.ts'],
    remedy: 'review the change, and run `node scripts/check-api.ts --write` after `pnpm build`',
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
  { name: 'links', command: ['scripts/check-links.ts'], remedy: 'fix the link, or the heading it names' },
  {
    name: 'changesets',
    command: ['scripts/check-changesets.ts'],
    remedy: 'describe the change to users of the package: `pnpm exec changeset`',
  },
  {
    name: 'workflows',
    command: ['scripts/check-workflows.ts'],
    remedy: 'fix the workflow; each message of actionlint is explained in its documentation',
  },
  {
    name: 'conventions',
    command: ['scripts/check-conventions.ts'],
    remedy: 'STYLE.md has the table of words and the reasons',
  },
];
