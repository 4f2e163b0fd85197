// Everything but the tests, in one command: `pnpm check`, or `pnpm check <name> …` for some of it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CHECKS } from './check-list.ts';
import { runChecks } from './run-checks.ts';
import { runCommand } from './workspace/run-command.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { report: { type: 'string' } },
});

const unknown = positionals.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(
    `there is no check "${unknown.join('", "')}"; there are: ${CHECKS.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

const chosen = CHECKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const outcome = await runChecks(chosen, {
  run: (command) => runCommand([process.execPath, ...command], { quiet: true }),
  build: [
    'node_modules/turbo/bin/turbo',
    'run',
    'build',
    '--output-logs=errors-only',
    '--filter=./packages/*',
  ],
  print: console.log,
  now: () => performance.now(),
});
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(outcome));
if (outcome.failed > 0) process.exitCode = 1;
