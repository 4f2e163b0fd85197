// Runs all checks except the tests: `pnpm check`, or `pnpm check <name> …` for some of them.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isProgram } from './workspace/root.ts';
import { type CommandResult, runCommand } from './workspace/run-command.ts';

/** One check of `pnpm check`. */
export interface Check {
  readonly name: string;
  /** Node's arguments, relative to the repository. */
  readonly command: readonly string[];
  /** The instruction to fix a failure. */
  readonly remedy: string;
  /** Whether it reads dist/, which is then built first. */
  readonly needsBuild: boolean;
  /** Whether it changes files that other checks read: it runs alone, after them. @default false */
  readonly runsAlone?: boolean;
}

const TURBO = 'node_modules/turbo/bin/turbo';
const BUILD = `${TURBO} run build --output-logs=errors-only --filter=./packages/*`.split(' ');

function check(name: string, command: string, remedy: string, needsBuild = false): Check {
  return { name, command: command.split(' '), remedy, needsBuild };
}

function ownCheck(name: string, remedy: string, needsBuild = false): Check {
  return check(name, `scripts/check-${name}.ts`, remedy, needsBuild);
}

/** In the order of the report: the cheap ones that fail most often come first. */
export const CHECKS: readonly Check[] = [
  check(
    'format',
    'node_modules/@biomejs/biome/bin/biome check --error-on-warnings .',
    '`pnpm format` fixes most of it; the other messages name the rule',
  ),
  check(
    'types',
    `${TURBO} run typecheck --concurrency=100% --continue --output-logs=errors-only`,
    'fix the errors of the compiler',
  ),
  ownCheck('imports', 'the reason of each rule is in scripts/import-rules.ts'),
  check(
    'unused',
    'scripts/node_modules/knip/bin/knip.js --treat-config-hints-as-errors --no-progress',
    'remove unused code, or add what uses it to knip.jsonc',
  ),
  check(
    'versions',
    'scripts/node_modules/sherif/index.js',
    'put each version in the catalog of pnpm-workspace.yaml; sort dependencies by name',
  ),
  ownCheck('manifests', 'fix the package.json in the message'),
  ownCheck('size', 'move code that is rarely needed behind `import()`, or make it smaller', true),
  // The `prepack` of Backstage's packages rewrites their package.json while they are packed.
  {
    ...ownCheck('packages', 'publint.dev and arethetypeswrong.github.io explain each rule', true),
    runsAlone: true,
  },
  ownCheck('api', 'review the change, and run `node scripts/check-api.ts --write` after `pnpm build`', true),
  ownCheck('generated', 'generate the documents again, and commit them'),
  ownCheck('examples', 'import all that the example uses, because users copy it as it is'),
  ownCheck('links', 'fix the link or the heading'),
  ownCheck('changesets', 'describe the change to users of the package: `pnpm exec changeset`'),
  ownCheck('workflows', "fix the workflow; actionlint's documentation explains each message"),
  ownCheck('conventions', 'STYLE.md has the table of words and the reasons'),
];

interface Environment {
  /** Runs Node with these arguments. */
  readonly run: (command: readonly string[]) => Promise<Pick<CommandResult, 'exitCode' | 'output'>>;
  readonly print: (line: string) => void;
}

/**
 * Runs the checks, two at once, and prints one line for each as it ends, then the output of those that
 * failed. The output of a single check is printed in any case.
 */
export async function runChecks(
  checks: readonly Check[],
  { run, print }: Environment,
): Promise<{ passed: number; failed: number }> {
  const built = checks.some(({ needsBuild }) => needsBuild) ? run(BUILD) : undefined;
  const failures: string[] = [];

  async function runAll(waiting: Check[]): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, command, remedy, needsBuild } = next;
      const started = performance.now();
      const build = needsBuild ? await built : undefined;
      const { exitCode, output } = build !== undefined && build.exitCode !== 0 ? build : await run(command);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const result = exitCode === 0 ? (output.trimEnd().split('\n').at(-1) ?? '') : 'failed, see below';
      print(`${exitCode === 0 ? '✓' : '✗'} ${name.padEnd(11)} ${result.trim().slice(0, 90)} (${seconds} s)`);
      if (exitCode !== 0) {
        failures.push(
          `\n━━━ ${name}\n\n${output.trimEnd()}\n\nWhat to do: ${remedy}. Again: pnpm check ${name}`,
        );
      } else if (checks.length === 1) print(output.trimEnd());
    }
  }
  const together = checks.filter(({ runsAlone }) => runsAlone !== true);
  await Promise.all([runAll(together), runAll(together)]);
  await runAll(checks.filter(({ runsAlone }) => runsAlone === true));
  for (const failure of failures) print(failure);
  return { passed: checks.length - failures.length, failed: failures.length };
}

if (isProgram(import.meta)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { report: { type: 'string' } },
  });
  const names = CHECKS.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`check: unknown name, got ${unknown.join(', ')}. Use one of: ${names.join(', ')}`);
    process.exit(2);
  }
  const counts = await runChecks(
    CHECKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    { run: (command) => runCommand([process.execPath, ...command], { quiet: true }), print: console.log },
  );
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts));
  if (counts.failed > 0) process.exitCode = 1;
}
